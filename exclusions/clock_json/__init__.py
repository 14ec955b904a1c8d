"""The statutory calculator as JSON: text in, text out, the standard library only, no database and no clock."""

from exclusions.clock_json.faults import FaultAt, Refused
from exclusions.clock_json.read import request_of
from exclusions.clock_json.write import answer_text
from exclusions.rules.clock import answer
from exclusions.rules.deadlines import CannotAnswer

__all__ = ["FaultAt", "Refused", "respond"]


def respond(body: bytes) -> str:
    """Return the answer to a request in JSON, the same text for the same request: keys sorted, two-space indent.

    Raises Refused with every fault found, and nothing else whatever the bytes are.
    """
    asked = request_of(body)
    try:
        return answer_text(answer(asked.request))
    except CannotAnswer as refused:
        raise Refused(asked.faults_of(refused.problems)) from None
