from enum import StrEnum

import pytest

from casework.rules import terms
from casework.rules.terms import KeyStage, NcYear, key_stage

VOCABULARIES = [
    (terms.Phase, terms.PHASE_LABELS),
    (terms.Sex, terms.SEX_LABELS),
    (terms.SenProvision, terms.SEN_LABELS),
    (terms.SenNeed, terms.SEN_NEED_LABELS),
    (terms.EarlyHelp, terms.EARLY_HELP_LABELS),
    (terms.SocialCare, terms.SOCIAL_CARE_LABELS),
    (terms.YesNoUnknown, terms.YES_NO_UNKNOWN_LABELS),
    (terms.Nation, terms.NATION_LABELS),
    (terms.EnrolmentStatus, terms.ENROLMENT_STATUS_LABELS),
    (terms.Ethnicity, terms.ETHNICITY_LABELS),
    (terms.NcYear, terms.YEAR_GROUP_LABELS),
    (terms.KeyStage, terms.KEY_STAGE_LABELS),
]


@pytest.mark.parametrize(("vocabulary", "labels"), VOCABULARIES, ids=lambda v: getattr(v, "__name__", ""))
def test_vocabulary_has_a_label_for_each_plain_value(vocabulary: type[StrEnum], labels: dict[str, str]) -> None:
    assert list(labels) == [term.value for term in vocabulary]
    assert all(type(value) is str and label for value, label in labels.items())


@pytest.mark.parametrize(
    ("years", "stage"),
    [
        ("N1 N2 R", KeyStage.EYFS),
        ("1 2", KeyStage.KS1),
        ("3 4 5 6", KeyStage.KS2),
        ("7 8 9", KeyStage.KS3),
        ("10 11", KeyStage.KS4),
        ("12 13 14", KeyStage.KS5),
        ("X", KeyStage.UNKNOWN),
    ],
)
def test_key_stage_of_each_year_is_its_own(years: str, stage: KeyStage) -> None:
    assert {key_stage(NcYear(year)) for year in years.split()} == {stage}


def test_key_stage_of_a_year_not_known_is_unknown() -> None:
    assert key_stage(None) is KeyStage.UNKNOWN
