from exclusions.models.correction import Correction
from exclusions.models.coverage import RecordsWhole
from exclusions.models.exclusion import Exclusion, ExclusionReason, OutcomeEvent, SuspendedDay
from exclusions.models.provision import Provider, Provision
from exclusions.models.reading_choice import ReadingChoice, RuleSetCheck
from exclusions.models.reason_code import ReasonCode
from exclusions.models.step import Step
from exclusions.models.strategy import StrategyTried

__all__ = [
    "Correction",
    "Exclusion",
    "ExclusionReason",
    "OutcomeEvent",
    "Provider",
    "Provision",
    "ReadingChoice",
    "ReasonCode",
    "RecordsWhole",
    "RuleSetCheck",
    "Step",
    "StrategyTried",
    "SuspendedDay",
]
