from panels.models.connection import Connection
from panels.models.decision_letter import DecisionLetter
from panels.models.item_action import ItemAction
from panels.models.item_minutes import ItemMinutes
from panels.models.item_record import ItemRecord
from panels.models.membership import Membership
from panels.models.officer_decision import OfficerDecision
from panels.models.panel import Panel
from panels.models.placement_follow_up import PlacementFollowUp
from panels.models.placement_step import PlacementStep
from panels.models.referral import CandidateSchool, Referral, ReferralCategory
from panels.models.score import SchoolScore, ScorePublication
from panels.models.sitting import AgendaItem, Attendance, ItemDeclaration, Sitting, TieAnswerGiven
from panels.models.terms import QuorumNeed, TermsOfReference

__all__ = [
    "AgendaItem",
    "Attendance",
    "CandidateSchool",
    "Connection",
    "DecisionLetter",
    "ItemAction",
    "ItemDeclaration",
    "ItemMinutes",
    "ItemRecord",
    "Membership",
    "OfficerDecision",
    "Panel",
    "PlacementFollowUp",
    "PlacementStep",
    "QuorumNeed",
    "Referral",
    "ReferralCategory",
    "SchoolScore",
    "ScorePublication",
    "Sitting",
    "TermsOfReference",
    "TieAnswerGiven",
]
