"""What a school tried with a child before it excluded, and what came of it, as its notice says."""

from collections.abc import Mapping

STRATEGY_LABELS: Mapping[str, str] = {
    "parents": "Meetings with parents",
    "report": "Daily report or behaviour contract",
    "mentor": "Mentor, counselling or key adult",
    "sen": "SEN support changed, or an assessment asked for",
    "plan": "Pastoral support plan",
    "timetable": "Reduced timetable",
    "inside": "Time out of class, inside the school",
    "offsite": "Off-site direction or managed move",
    "early help": "Early help",
    "agency": "Outside agency, such as educational psychology, CAMHS or youth justice",
    "restorative": "Restorative meeting",
    "other": "Something else",
}
"""The strategies that councils’ notification forms and pupils’ plans name."""

EFFECT_LABELS: Mapping[str, str] = {
    "helped": "Helped",
    "for a time": "Helped for a time",
    "did not help": "Did not help",
    "not known": "Result not known",
}
"""What came of a strategy."""
