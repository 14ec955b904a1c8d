"""The sections of a committee report, in the order of the paper, with the words that a first report opens with."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """One box of narrative: its key, its heading, the numbered section it stands in, and its opening words."""

    key: str
    heading: str
    part: str
    opening: str


SECTIONS = (
    Section(
        "summary",
        "Summary",
        "Summary",
        "In {period} the council was told of {notified} permanent exclusions. Work by the inclusion team averted "
        "{averted}, and {completed} were completed.\n\n"
        "Of those completed, {key_stage_4} were of young people in key stage 4.\n\n"
        "The paper shows how the numbers have moved, how they compare with England, what they cost and what is being done.",
    ),
    Section(
        "recommendations",
        "Recommendations",
        "Recommendations",
        "Members are asked to:\n"
        "- note the figures for {period} and the basis on which each is counted;\n"
        "- say what further work they would wish to see; and\n"
        "- receive the next report after the end of the coming term.",
    ),
    Section(
        "risk",
        "Risk and opportunities",
        "Risk and opportunities",
        "From the sixth school day the council must have education in place for a child who is permanently excluded. "
        "When more children need places than there are, that duty is at risk.\n\n"
        "An exclusion that is averted keeps a child with teachers who know them.",
    ),
    Section(
        "financial",
        "Financial implications",
        "Financial implications",
        "The recommendations have no new cost. What was spent on education after exclusion is set out under Costs.",
    ),
    Section(
        "climate",
        "Climate change appraisal",
        "Climate change appraisal",
        "The recommendations change neither energy use nor emissions. Places nearer home mean shorter journeys.",
    ),
    Section(
        "by_phase",
        "Five years by phase",
        "Background",
        "The table gives completed permanent exclusions by the phase of the school.",
    ),
    Section(
        "what_came",
        "What came of those notified",
        "Background",
        "Each exclusion notified in {period} is counted once, under what came of it. The steps add up.",
    ),
    Section(
        "england",
        "Against England",
        "Background",
        "The Department’s rates are per 100 pupils on roll, and are published about a year after the school year ends.",
    ),
    Section(
        "bases",
        "Why two counts differ",
        "Background",
        "The council counts what it is told as it happens. The Department counts what schools record, once reviews are over. "
        "Neither is put in the other’s place.",
    ),
    Section(
        "suspensions",
        "Suspensions",
        "Background",
        "A suspension is counted once, however long it lasts. A child suspended at two schools counts at each.",
    ),
    Section(
        "impact",
        "Risks and impact",
        "Risks and impact",
        "The table shows what was known of each child on the first day of an exclusion that was completed. What nobody had "
        "told the council is counted as not known, and is not taken for no.",
    ),
    Section(
        "costs",
        "Costs",
        "Costs",
        "The council agreed {cost_total} for the education of {cost_children} children after permanent exclusion, beyond "
        "what their schooling would have cost.",
    ),
    Section(
        "plans",
        "Plans",
        "Plans",
        "The tables show where each priority of the council’s plans stood when the last round of updates was approved.",
    ),
    Section("causes", "Causes and work under way", "Causes and work under way", ""),
    Section("conclusion", "Conclusion", "Conclusion", ""),
    Section("background_papers", "Background papers", "", "None"),
    Section("cabinet_member", "Cabinet member", "", "Cabinet Member for Children and Education"),
    Section("local_member", "Local member", "", "All"),
)
BY_KEY = {section.key: section for section in SECTIONS}
PARTS = tuple(dict.fromkeys(section.part for section in SECTIONS if section.part))
CLOSING = tuple(section.key for section in SECTIONS if not section.part)
# Without these a report says nothing of why, and may not be signed.
NEEDED_TO_SIGN = ("summary", "recommendations", "causes", "conclusion")
