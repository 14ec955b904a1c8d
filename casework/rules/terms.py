"""Words for what a child's circumstances are: coded values and their labels.

Each vocabulary is a `StrEnum`, and beside it a mapping of the plain string value to its label,
which models take as `choices`. *Unknown* is a value, different from *no*.
"""

from collections.abc import Mapping
from enum import StrEnum


class Phase(StrEnum):
    """The phase of a school, as figures are broken down; a middle school is as deemed."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    SPECIAL = "special"
    ALTERNATIVE_PROVISION = "alternative provision"
    ALL_THROUGH = "all-through"
    NURSERY = "nursery"


PHASE_LABELS: Mapping[str, str] = {
    "primary": "Primary",
    "secondary": "Secondary",
    "special": "Special",
    "alternative provision": "Alternative provision",
    "all-through": "All-through",
    "nursery": "Nursery",
}


class Sex(StrEnum):
    """Sex as the school census records it."""

    MALE = "M"
    FEMALE = "F"


SEX_LABELS: Mapping[str, str] = {"M": "Male", "F": "Female"}


class SenProvision(StrEnum):
    """Provision for special educational needs on the day in question."""

    NONE = "N"
    SUPPORT = "K"
    PLAN = "E"


SEN_LABELS: Mapping[str, str] = {
    "N": "No special educational need",
    "K": "SEN support",
    "E": "Education, health and care plan",
}


class SenNeed(StrEnum):
    """Primary type of special educational need; never one table with exclusion reasons."""

    SPLD = "SPLD"
    MLD = "MLD"
    SLD = "SLD"
    PMLD = "PMLD"
    SEMH = "SEMH"
    SLCN = "SLCN"
    HI = "HI"
    VI = "VI"
    MSI = "MSI"
    PD = "PD"
    ASD = "ASD"
    OTH = "OTH"
    NSA = "NSA"
    BESD = "BESD"


SEN_NEED_LABELS: Mapping[str, str] = {
    "SPLD": "Specific learning difficulty",
    "MLD": "Moderate learning difficulty",
    "SLD": "Severe learning difficulty",
    "PMLD": "Profound and multiple learning difficulty",
    "SEMH": "Social, emotional and mental health",
    "SLCN": "Speech, language and communication needs",
    "HI": "Hearing impairment",
    "VI": "Vision impairment",
    "MSI": "Multi-sensory impairment",
    "PD": "Physical disability",
    "ASD": "Autistic spectrum disorder",
    "OTH": "Other difficulty or disability",
    "NSA": "SEN support but no specialist assessment of type of need",
    "BESD": "Behaviour, emotional and social difficulties (to 2014)",
}


class EarlyHelp(StrEnum):
    """Where a family stands with early help."""

    CURRENT = "current"
    PREVIOUS = "previous"
    BEING_TRIAGED = "being triaged"
    NONE = "none"
    UNKNOWN = "unknown"


EARLY_HELP_LABELS: Mapping[str, str] = {
    "current": "Current",
    "previous": "Previous",
    "being triaged": "Being triaged",
    "none": "None",
    "unknown": "Not known",
}


class SocialCare(StrEnum):
    """A child's standing with children's social care."""

    PROTECTION_PLAN = "protection plan"
    CHILD_IN_NEED = "child in need"
    LOOKED_AFTER = "looked after"
    UNDER_ASSESSMENT = "under assessment"
    EARLY_HELP_ONLY = "early help only"
    CLOSED = "closed"
    NONE = "none"
    UNKNOWN = "unknown"


SOCIAL_CARE_LABELS: Mapping[str, str] = {
    "protection plan": "Child protection plan",
    "child in need": "Child in need",
    "looked after": "Looked after",
    "under assessment": "Under assessment",
    "early help only": "Early help only",
    "closed": "Closed to social care",
    "none": "None",
    "unknown": "Not known",
}


class YesNoUnknown(StrEnum):
    """An answer that may not be known."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


YES_NO_UNKNOWN_LABELS: Mapping[str, str] = {"yes": "Yes", "no": "No", "unknown": "Not known"}


class Nation(StrEnum):
    """The nation a child lives in: the sixth-day duty is the law of England (R25)."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern ireland"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


NATION_LABELS: Mapping[str, str] = {
    "england": "England",
    "wales": "Wales",
    "scotland": "Scotland",
    "northern ireland": "Northern Ireland",
    "elsewhere": "Elsewhere",
    "unknown": "Not known",
}


class EnrolmentStatus(StrEnum):
    """How a pupil is registered at a school; rates divide by C and M."""

    SINGLE = "C"
    MAIN = "M"
    SUBSIDIARY = "S"
    GUEST = "G"
    FE_COLLEGE = "F"
    OTHER_PROVIDER = "O"
    PREVIOUS = "P"


ENROLMENT_STATUS_LABELS: Mapping[str, str] = {
    "C": "Current, single registration",
    "M": "Current, main, dual registration",
    "S": "Current, subsidiary, dual registration",
    "G": "Guest, not registered here",
    "F": "FE college",
    "O": "Other provider",
    "P": "Previous",
}


class Ethnicity(StrEnum):
    """Ethnicity in the main codes; extended local codes roll up to these."""

    WBRI = "WBRI"
    WIRI = "WIRI"
    WIRT = "WIRT"
    WROM = "WROM"
    WOTH = "WOTH"
    MWBC = "MWBC"
    MWBA = "MWBA"
    MWAS = "MWAS"
    MOTH = "MOTH"
    AIND = "AIND"
    APKN = "APKN"
    ABAN = "ABAN"
    AOTH = "AOTH"
    BCRB = "BCRB"
    BAFR = "BAFR"
    BOTH = "BOTH"
    CHNE = "CHNE"
    OOTH = "OOTH"
    REFU = "REFU"
    NOBT = "NOBT"


ETHNICITY_LABELS: Mapping[str, str] = {
    "WBRI": "White - British",
    "WIRI": "White - Irish",
    "WIRT": "Traveller of Irish heritage",
    "WROM": "Gypsy/Roma",
    "WOTH": "Any other White background",
    "MWBC": "White and Black Caribbean",
    "MWBA": "White and Black African",
    "MWAS": "White and Asian",
    "MOTH": "Any other Mixed background",
    "AIND": "Indian",
    "APKN": "Pakistani",
    "ABAN": "Bangladeshi",
    "AOTH": "Any other Asian background",
    "BCRB": "Black Caribbean",
    "BAFR": "Black African",
    "BOTH": "Any other Black background",
    "CHNE": "Chinese",
    "OOTH": "Any other ethnic group",
    "REFU": "Refused",
    "NOBT": "Information not yet obtained",
}


class NcYear(StrEnum):
    """National curriculum year: the year at the exclusion, not today."""

    N1 = "N1"
    N2 = "N2"
    R = "R"
    Y1 = "1"
    Y2 = "2"
    Y3 = "3"
    Y4 = "4"
    Y5 = "5"
    Y6 = "6"
    Y7 = "7"
    Y8 = "8"
    Y9 = "9"
    Y10 = "10"
    Y11 = "11"
    Y12 = "12"
    Y13 = "13"
    Y14 = "14"
    X = "X"


YEAR_GROUP_LABELS: Mapping[str, str] = {
    "N1": "Nursery first year",
    "N2": "Nursery second year",
    "R": "Reception",
    "1": "Year 1",
    "2": "Year 2",
    "3": "Year 3",
    "4": "Year 4",
    "5": "Year 5",
    "6": "Year 6",
    "7": "Year 7",
    "8": "Year 8",
    "9": "Year 9",
    "10": "Year 10",
    "11": "Year 11",
    "12": "Year 12",
    "13": "Year 13",
    "14": "Year 14",
    "X": "National curriculum not followed",
}


class KeyStage(StrEnum):
    """Key stage as figures are broken down."""

    EYFS = "EYFS"
    KS1 = "KS1"
    KS2 = "KS2"
    KS3 = "KS3"
    KS4 = "KS4"
    KS5 = "KS5"
    UNKNOWN = "unknown"


KEY_STAGE_LABELS: Mapping[str, str] = {
    "EYFS": "Early years",
    "KS1": "Key stage 1",
    "KS2": "Key stage 2",
    "KS3": "Key stage 3",
    "KS4": "Key stage 4",
    "KS5": "Key stage 5",
    "unknown": "Not known",
}


_STAGES = ((2, KeyStage.KS1), (6, KeyStage.KS2), (9, KeyStage.KS3), (11, KeyStage.KS4), (14, KeyStage.KS5))
"""The last year of each key stage."""


def key_stage(nc_year: NcYear | None) -> KeyStage:
    """Return the key stage of a national curriculum year.

    Nursery and Reception are EYFS; years 12 to 14 are KS5. A year that is not known, or X, a pupil
    who does not follow the curriculum years, is unknown.
    """
    if nc_year is None or nc_year is NcYear.X:
        return KeyStage.UNKNOWN
    if nc_year in (NcYear.N1, NcYear.N2, NcYear.R):
        return KeyStage.EYFS
    return next(stage for last, stage in _STAGES if int(nc_year) <= last)
