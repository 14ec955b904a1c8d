from panels.models.connection import Connection
from panels.models.membership import Membership
from panels.models.panel import Panel
from panels.models.terms import QuorumNeed, TermsOfReference

__all__ = ["Connection", "Membership", "Panel", "QuorumNeed", "TermsOfReference"]
