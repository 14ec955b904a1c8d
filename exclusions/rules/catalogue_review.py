"""The catalogue's rules from the review to the next school, plans and money: R37 to R71."""

from datetime import date

from exclusions.rules import (
    additional_payment,
    directions,
    fair_access_categories,
    money,
    off_site_reviews,
    panel_members,
    plans,
)
from exclusions.rules.catalogue import Rule
from exclusions.rules.sources import GUIDANCE_PAGE, Source

_2012 = date(2012, 9, 1)
_2021 = date(2021, 9, 1)
_RULES = "exclusions.rules"

_SCHEDULE = "https://www.legislation.gov.uk/uksi/2012/1033/schedule/1"
REVIEW_SCHEDULE = Source("SI 2012/1033", _2012, "Sch 1", _SCHEDULE)
RECONSIDERATION = Source("guidance", date(2022, 9, 1), "para 254", GUIDANCE_PAGE)
REGISTER_2024 = Source("SI 2024/208", date(2024, 8, 19), "reg 9", "https://www.legislation.gov.uk/uksi/2024/208")
REGISTER_2006 = Source("SI 2006/1751", date(2006, 9, 1), "reg 8", "https://www.legislation.gov.uk/uksi/2006/1751")
REINTEGRATION = Source(
    "Education and Inspections Act 2006",
    date(2007, 9, 1),
    "s102",
    "https://www.legislation.gov.uk/ukpga/2006/40/section/102",
)
OFF_SITE = Source("SI 2010/1156", date(2010, 9, 1), "reg 3", "https://www.legislation.gov.uk/uksi/2010/1156")
PREFERENCE = Source(
    "School Standards and Framework Act 1998",
    date(1998, 10, 1),
    "s87",
    "https://www.legislation.gov.uk/ukpga/1998/31/section/87",
)

REVIEW_RULES = (
    Rule(
        "R37",
        "Applying for a review",
        (REVIEW_SCHEDULE,),
        _2012,
        (),
        (),
        "the second limb, a claim under the Equality Act",
    ),
    Rule("R38", "Hearing the review", (REVIEW_SCHEDULE,), _2012, (), (), "that a panel may adjourn"),
    Rule(
        "R39",
        "Who sits on a panel",
        (panel_members.PANEL_MEMBERS,),
        _2012,
        (f"{_RULES}.panel_members.member_faults", f"{_RULES}.panel_members.panel_faults"),
        ("panel_members", "panels"),
        "the two years of training, and who is barred by a connection",
    ),
    Rule(
        "R40",
        "SEN expert",
        (panel_members.SEN_EXPERT,),
        _2012,
        (f"{_RULES}.panel_members.sen_expert",),
        ("sen_experts",),
    ),
    Rule("R42", "Reconsidering after the review", (RECONSIDERATION,), _2012, (), ()),
    Rule(
        "R43",
        "The £4,000",
        (additional_payment.ADDITIONAL_PAYMENT,),
        _2012,
        (f"{_RULES}.additional_payment.additional_payment",),
        ("additional_payment",),
        "that an offer the parent declines ends it, and within how many days an academy pays",
    ),
    Rule(
        "R45",
        "Removal from the roll",
        (REGISTER_2024, REGISTER_2006),
        _2012,
        (),
        (),
        "the sub-paragraph of 2024",
    ),
    Rule(
        "R47",
        "Reintegration interviews",
        (REINTEGRATION,),
        date(2007, 9, 1),
        (f"{_RULES}.changes.changes_in_force",),
        ("changes",),
        "the day on which the duty was repealed",
        in_force_until=date(2012, 8, 31),
    ),
    Rule(
        "R48",
        "Off-site direction: notice and reviews",
        (OFF_SITE, off_site_reviews.REVIEW_ON_DEMAND),
        date(2010, 9, 1),
        (f"{_RULES}.off_site_reviews.review_demanded",),
        ("off_site_reviews",),
        "the first day of the reviews on demand, and the regulations of 2026",
    ),
    Rule(
        "R53",
        "Who comes under fair access",
        (fair_access_categories.ADMISSIONS_CODE,),
        _2021,
        (f"{_RULES}.fair_access_categories.fair_access_categories",),
        ("fair_access_categories",),
    ),
    Rule("R54", "Allocating under fair access", (fair_access_categories.ADMISSIONS_CODE,), _2021, (), ()),
    Rule("R55", "Answering an in-year application", (fair_access_categories.ADMISSIONS_CODE,), _2021, (), ()),
    Rule(
        "R56",
        "Direction, and the adjudicator",
        (directions.DIRECTION,),
        date(1998, 10, 1),
        (f"{_RULES}.directions.adjudicator_referral",),
        ("adjudicator_referrals",),
        "both numbers of days, and when the power of 2026 over academies begins",
    ),
    Rule("R57", "Preference after two permanent exclusions", (PREFERENCE,), date(1998, 10, 1), (), ()),
    Rule(
        "R62",
        "Limits when a plan is changed",
        (plans.CONSULTATION, plans.REPRESENTATIONS, plans.REVIEW_DECISION),
        plans.PLANS_FROM,
        (
            f"{_RULES}.plans.consultation_reply",
            f"{_RULES}.plans.representations",
            f"{_RULES}.plans.review_decision",
            f"{_RULES}.plans.final_plan",
        ),
        ("plans",),
        "every number: written from memory",
    ),
    Rule(
        "R68",
        "What the excluding school loses",
        (money.FINANCE_REGULATIONS,),
        date(2013, 4, 1),
        (f"{_RULES}.money.reduction", f"{_RULES}.money.end_of_period", f"{_RULES}.money.complete_weeks"),
        ("money",),
    ),
    Rule(
        "R69",
        "The relevant date",
        (money.FINANCE_REGULATIONS,),
        date(2013, 4, 1),
        (f"{_RULES}.money.relevant_date",),
        ("money",),
        "the definition, which was not seen in the text: hence a setting",
    ),
    Rule(
        "R70",
        "What the admitting school gains",
        (money.FINANCE_REGULATIONS,),
        date(2013, 4, 1),
        (f"{_RULES}.money.admitting_increase",),
        ("admitting_increase",),
        "that the £4,000 is left out",
    ),
    Rule(
        "R71",
        "Academies, and other authorities",
        (money.FUNDING_AGREEMENT, money.AMOUNT_TO_FOLLOW),
        date(2012, 9, 1),
        (f"{_RULES}.money.transfer_basis",),
        ("transfers",),
    ),
)
