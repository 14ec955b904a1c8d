"""The words that councils' own spreadsheets use for what a notice says, and the columns they stand in."""

from collections.abc import Mapping

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "UPN": ("pupil upn", "unique pupil number", "upn number"),
    "First name": ("forename", "pupil forename", "given name", "legal forename"),
    "Last name": ("surname", "pupil surname", "family name", "legal surname"),
    "Date of birth": ("dob", "birth date", "pupil dob"),
    "Sex": ("gender", "pupil sex"),
    "Year group": ("year", "nc year", "ncy", "national curriculum year"),
    "School": ("school urn", "urn", "establishment urn"),
    "Kind": ("type", "exclusion type", "category", "exclusion category"),
    "First day": ("start date", "exclusion start", "date from", "first day out", "from"),
    "First session": ("start session", "from session", "start am pm"),
    "Last day": ("end date", "exclusion end", "date to", "last day out", "to"),
    "Last session": ("end session", "to session", "end am pm"),
    "Reason 1": ("reason", "primary reason", "reason code"),
    "Reason 2": ("second reason", "secondary reason"),
    "Reason 3": ("third reason",),
    "SEN": ("sen provision", "sen status", "sen stage"),
    "SEN need": ("primary need", "sen type"),
    "Social care": ("social care status",),
    "Social worker": ("has social worker",),
    "Early help": ("early help status", "caf"),
    "Free school meals": ("fsm", "fsm eligible"),
    "Home authority": ("home la", "la of residence"),
    "Council told on": ("date notified", "notification date", "date told"),
    "Outcome": ("px outcome", "result"),
    "Outcome on": ("outcome date", "date of outcome"),
    "Child": ("same child",),
}
"""Our columns, and other names by which each is known of itself."""

NEEDED = ("Date of birth", "School", "Kind", "First day", "Reason 1")

WORDS: Mapping[str, Mapping[str, str]] = {
    "Kind": {
        "suspension": "suspension", "susp": "suspension", "sus": "suspension", "fixed": "suspension",
        "fixed term": "suspension", "fixed period": "suspension", "fte": "suspension", "fixd": "suspension",
        "permanent": "permanent", "permanent exclusion": "permanent", "perm": "permanent", "px": "permanent",
        "pex": "permanent", "lunchtime": "lunchtime", "lunchtime suspension": "lunchtime", "lnch": "lunchtime",
        "lunch": "lunchtime",
    },
    "First session": {
        "am": "AM", "morning": "AM", "a": "AM", "pm": "PM", "afternoon": "PM", "p": "PM", "": "AM",
        "lunch": "LUNCH", "lunchtime": "LUNCH",
    },
    "Last session": {
        "am": "AM", "morning": "AM", "midday": "AM", "a": "AM", "pm": "PM", "afternoon": "PM", "p": "PM",
        "end of day": "PM", "": "PM", "lunch": "LUNCH", "lunchtime": "LUNCH",
    },
    "Sex": {"m": "M", "male": "M", "boy": "M", "f": "F", "female": "F", "girl": "F"},
    "SEN": {
        "n": "N", "none": "N", "no": "N", "no sen": "N", "k": "K", "s": "K", "sen support": "K", "e": "E",
        "ehcp": "E", "ehc plan": "E", "education, health and care plan": "E", "statement": "E", "": "unknown",
        "unknown": "unknown", "not known": "unknown",
    },
    "Social worker": {},
    "Free school meals": {},
    "Outcome": {
        "": "", "open": "", "averted": "averted", "cancelled": "cancelled", "withdrawn": "cancelled",
        "rescinded": "cancelled", "upheld": "upheld by governors", "upheld by governors": "upheld by governors",
        "completed": "upheld by governors", "reinstated": "reinstated by governors",
        "reinstated by governors": "reinstated by governors", "reinstated after review": "reinstated after review",
    },
    "Child": {"": "", "new": "new", "same": "same"},
}  # fmt: skip
"""By column: what is written, in small letters, and what it means. The labels of our own lists are known besides."""

YES_NO = {
    "y": "yes",
    "yes": "yes",
    "true": "yes",
    "n": "no",
    "no": "no",
    "false": "no",
    "": "unknown",
    "unknown": "unknown",
}


def pairs(text: str) -> dict[str, str]:
    """Return what a person wrote as "theirs = ours", one a line, in small letters on the left."""
    found = {}
    for line in text.splitlines():
        theirs, sign, ours = line.partition("=")
        if sign and theirs.strip() and ours.strip():
            found[" ".join(theirs.split()).casefold()] = " ".join(ours.split())
    return found
