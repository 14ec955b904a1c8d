from wsoa.models.action import Action, ActionPlace, ActionRole, ActionUpdate, DateMove, StateChoice
from wsoa.models.evidence import Evidence, EvidenceContent
from wsoa.models.origin import ActionOrigin
from wsoa.models.plan import Measure, MeasureReading, Outcome, Plan, Priority, ReadingWithdrawal, Slip
from wsoa.models.role import Role, RoleHolder
from wsoa.models.role_review import RoleReview
from wsoa.models.round import Round, RoundAsk, RoundState
from wsoa.models.wait import ActionWait

__all__ = [
    "Action",
    "ActionOrigin",
    "ActionPlace",
    "ActionRole",
    "ActionUpdate",
    "ActionWait",
    "DateMove",
    "Evidence",
    "EvidenceContent",
    "Measure",
    "MeasureReading",
    "Outcome",
    "Plan",
    "Priority",
    "ReadingWithdrawal",
    "Role",
    "RoleHolder",
    "RoleReview",
    "Round",
    "RoundAsk",
    "RoundState",
    "Slip",
    "StateChoice",
]
