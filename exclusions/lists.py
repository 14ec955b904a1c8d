"""The lists of this app that an administrator keeps."""

from types import MappingProxyType

from casework.registry import EditableList, register_list
from exclusions.rules.terms import OUTCOME_EVENT_LABELS

OUTCOMES = "outcomes"
PROVIDER_KINDS = "provider-kinds"
# The code that an address can hold, by the event of law that it stands for.
EVENT_OF = MappingProxyType({event.replace(" ", "-"): event for event in OUTCOME_EVENT_LABELS})


def register() -> None:
    """Say which lists there are."""
    register_list(
        OUTCOMES,
        EditableList(
            title="Outcomes of a permanent exclusion",
            description="The council’s own words for what happened. Each counts as one event of law.",
            built_in={code: OUTCOME_EVENT_LABELS[event] for code, event in EVENT_OF.items()},
            counts_as=True,
        ),
    )
    register_list(
        PROVIDER_KINDS,
        EditableList(
            title="Kinds of provider",
            description="Who educates excluded children for the council.",
            built_in={
                "tuition-service": "Tuition, medical and behaviour support service",
                "online-school": "Online school",
                "tutors": "Targeted tutors",
                "alternative-provision": "Alternative provision, bespoke package",
                "school": "Another school",
            },
        ),
    )
