"""The tables and charts of a committee report."""

from collections.abc import Mapping
from typing import Any

from casework.rules.periods import Period
from casework.rules.terms import PHASE_LABELS
from exclusions.rules.reasons import DFE_REASONS
from reporting import charts
from reporting.reports.cells import GROUPS, HIDDEN, Shown, phases, suspension_phases

SMALL = 4
REASON_LABELS = {reason.code: reason.label for reason in DFE_REASONS}
OWN_BASIS = "Council’s own figures, by school and first day of exclusion."
DFE_BASIS = "Department for Education, school census, finalised."
YEARS_OF_STAGE = {
    "EYFS": ("N1", "N2", "R"),
    "KS1": ("1", "2"),
    "KS2": ("3", "4", "5", "6"),
    "KS3": ("7", "8", "9"),
    "KS4": ("10", "11"),
    "KS5": ("12", "13", "14"),
    "unknown": ("X",),
}
MEANINGS = {
    "notified": "The council was told that a head had decided, or meant, to exclude permanently",
    "averted": "Ended by the inclusion team’s work before the governors met",
    "rescinded": "Withdrawn by the head without that work",
    "overturned": "The child was reinstated by governors, or after review",
    "open": "Not yet ended",
    "completed": "Upheld by governors and not overturned since",
}


def key_figures(figures: Mapping[str, Any], shown: Shown) -> list[list[str]]:
    """Return the four numbers that stand out on the first page."""
    period = figures["period"]
    return [
        [shown.text(f"{period}|notified"), "notified"],
        [shown.text(f"{period}|averted"), "averted"],
        [shown.text(f"{period}|completed"), "completed"],
        [shown.text(f"{period}|completed|key_stage|KS4"), "of those completed, in key stage 4"],
    ]


def by_phase(figures: Mapping[str, Any], shown: Shown) -> list[dict[str, Any]]:
    """Return the chart and table of completed permanent exclusions by phase, five periods."""
    series = figures["series"]
    labels = [row["label"] for row in series]
    partial = any(row["period"] == "2019/20" for row in series)
    basis = OWN_BASIS + (" 2019/20 runs to March 2020." if partial else "")
    rows = [
        [
            PHASE_LABELS[phase],
            *(
                shown.cell(
                    f"{row['period']}|completed|phase|{phase}",
                    kind="permanent",
                    outcome="completed",
                    phase=phase,
                    **_dates(row["period"]),
                )
                for row in series
            ),
        ]
        for phase in phases(figures)
    ]
    total = [
        "All",
        *(
            shown.cell(f"{row['period']}|completed", kind="permanent", outcome="completed", **_dates(row["period"]))
            for row in series
        ),
    ]
    title = f"Completed permanent exclusions, {labels[0]} to {labels[-1]}"
    values = [shown.number(f"{row['period']}|completed") for row in series]
    return [
        _figure(
            "totals",
            title,
            OWN_BASIS,
            lambda width: charts.bar_chart(
                title=title, unit="Completed permanent exclusions", labels=labels, values=values, width=width
            ),
        ),
        table_of(
            "Completed permanent exclusions by phase of school",
            ["Phase", *labels],
            rows,
            basis,
            shown,
            total=total,
            widths=[2.0] + [1.1] * len(labels),
        ),
    ]


def what_came(figures: Mapping[str, Any], shown: Shown) -> list[dict[str, Any]]:
    """Return the waterfall and its table."""
    period, label = figures["period"], figures["label"]
    order = ("averted", "rescinded", "overturned", "open")
    steps = [charts.Step("Notified", shown.number(f"{period}|notified") or 0, total=True)]
    visible_total = shown.number(f"{period}|notified") is not None and shown.number(f"{period}|completed") is not None
    hidden_names = [name for name in order if f"{period}|{name}" in shown.hidden]
    for name in order:
        if name not in hidden_names:
            steps.append(charts.Step(name.capitalize(), shown.cells[f"{period}|{name}"]))
        elif name == hidden_names[0]:
            together = sum(shown.cells[f"{period}|{each}"] for each in hidden_names)
            steps.append(charts.Step(" or ".join([hidden_names[0].capitalize(), *hidden_names[1:]]), together))
    steps.append(charts.Step("Completed", shown.number(f"{period}|completed") or 0, total=True))
    rows = [
        [
            name.capitalize(),
            shown.cell(
                f"{period}|{name}",
                kind="permanent",
                **({} if name == "notified" else {"outcome": name}),
                **_dates(period),
            ),
            MEANINGS[name],
        ]
        for name in ("notified", *order)
    ]
    total = [
        "Completed",
        shown.cell(f"{period}|completed", kind="permanent", outcome="completed", **_dates(period)),
        MEANINGS["completed"],
    ]
    basis = OWN_BASIS
    items = []
    # One hidden step alone would be given back by the picture, and a hidden total leaves nothing to draw.
    together = sum(shown.cells[f"{period}|{each}"] for each in hidden_names)
    # Nor is a small number printed that several hidden steps make together.
    if visible_total and (not hidden_names or (len(hidden_names) > 1 and together > SMALL)):
        if hidden_names:
            basis += f" {' and '.join(hidden_names).capitalize()} together: {together}."
        title = f"From {shown.text(f'{period}|notified')} notified to {shown.text(f'{period}|completed')} completed"
        items.append(
            _figure(
                "waterfall", title, OWN_BASIS, lambda width: charts.waterfall(title=title, steps=steps, width=width)
            )
        )
    items.append(
        table_of(
            f"Permanent exclusions notified, {label[0].lower()}{label[1:]}, by what came of them",
            ["Step", "Children", "What it means"],
            rows,
            basis,
            shown,
            total=total,
            widths=[1.2, 0.8, 4],
            text=[2],
        )
    )
    return items


def england(figures: Mapping[str, Any], shown: Shown) -> list[dict[str, Any]]:
    """Return the Department's rates of the area, the region and England."""
    published = figures["published"]
    years, area = published["years"], published["area"]
    if not years:
        return [{"p": "The Department has published no figures for these years yet."}]
    name = _area_name(shown.council)
    named = {
        name: published["rates"][area],
        **{where: published["rates"][where] for where in ("West Midlands", "England")},
    }
    lines = [
        charts.Line(label, tuple(values))
        for label, values in (("England", named["England"]), ("West Midlands", named["West Midlands"]))
    ]
    lines.insert(0, charts.Line(name, tuple(named[name])))
    basis = DFE_BASIS + ("" if area == name else f" The line for {name} is the published series of {area}.")
    rows = [[label, *("" if value is None else f"{value:.2f}" for value in values)] for label, values in named.items()]
    title = "Permanent exclusions per 100 pupils"
    return [
        _figure(
            "trend",
            title,
            basis,
            lambda width: charts.line_chart(title=title, unit=title, labels=years, lines=lines, width=width),
        ),
        table_of(
            "Permanent exclusions per 100 pupils, all state-funded schools",
            ["Area", *years],
            rows,
            basis,
            shown,
            widths=[1.8] + [1.0] * len(years),
            counts=False,
        ),
    ]


def bases(figures: Mapping[str, Any], shown: Shown) -> list[dict[str, Any]]:
    """Return the one table in which both bases meet; a report for a term has none, since years are published."""
    published = figures["published"]
    theirs = dict(zip(published["years"], published["counts"], strict=True))
    rows = [row for row in figures["series"] if theirs.get(row["period"]) is not None]
    if Period.parse(figures["period"]).term:
        return [{"p": "The Department’s counts are by academic year, so none stands beside those of a term."}]
    if not rows:
        return [{"p": "The Department has not yet published counts for the years in this report."}]
    own = [
        shown.cell(f"{row['period']}|completed", kind="permanent", outcome="completed", **_dates(row["period"]))
        for row in rows
    ]
    counts = [int(theirs[row["period"]]) for row in rows]
    gaps = [
        HIDDEN if f"{row['period']}|completed" in shown.hidden else f"{row['completed'] - count:,}"
        for row, count in zip(rows, counts, strict=True)
    ]
    table: list[list[Any]] = [
        ["Council’s own", *own],
        ["Department’s", *(f"{count:,}" for count in counts)],
        ["Difference", *gaps],
    ]
    basis = "Council’s own: completed, by school. Department’s: school census, finalised, some counts worked back from published rates."
    return [
        table_of(
            "Permanent exclusions on each basis",
            ["Basis", *(row["label"] for row in rows)],
            table,
            basis,
            shown,
            widths=[1.8] + [1.0] * len(rows),
        )
    ]


def suspensions(figures: Mapping[str, Any], shown: Shown) -> list[dict[str, Any]]:
    """Return suspensions by phase beside those of the year before, and the rates."""
    rows_of = figures["suspensions"]
    rows = [
        [
            PHASE_LABELS[phase],
            *(
                shown.cell(
                    f"{row['period']}|suspensions|{phase}", kind="suspension", phase=phase, **_dates(row["period"])
                )
                for row in rows_of
            ),
        ]
        for phase in suspension_phases(figures)
    ]
    total = [
        "All",
        *(shown.cell(f"{row['period']}|suspensions", kind="suspension", **_dates(row["period"])) for row in rows_of),
    ]
    rates = [
        ["Suspensions per 100 pupils", *(_rate(row["rate"], f"{row['period']}|suspensions", shown) for row in rows_of)],
        [
            "Children suspended once or more, at each school",
            *(shown.text(f"{row['period']}|suspended_children") for row in rows_of),
        ],
        [
            "Such children per 100 pupils",
            *(_rate(row["children_rate"], f"{row['period']}|suspended_children", shown) for row in rows_of),
        ],
    ]
    head = [row["label"] for row in rows_of]
    rate_basis = OWN_BASIS + " Rates: over pupils on roll at the January census."
    return [
        table_of(
            "Suspensions by phase of school",
            ["Phase", *head],
            rows,
            OWN_BASIS,
            shown,
            total=total,
            widths=[3.0] + [1.0] * len(rows_of),
            w="76%",
        ),
        table_of(
            "Suspension rates",
            ["Measure", *head],
            rates,
            rate_basis,
            shown,
            widths=[3.0] + [1.0] * len(rows_of),
            w="76%",
        ),
    ]


def impact(figures: Mapping[str, Any], shown: Shown) -> list[dict[str, Any]]:
    """Return who the children were whose exclusion was completed, and the reasons given."""
    period = figures["period"]
    here = {"kind": "permanent", "outcome": "completed", **_dates(period)}
    groups = []
    for name, heading, labels in GROUPS:
        rows = []
        for value, label in labels.items():
            key = f"{period}|completed|{name}|{value}"
            if shown.cells[key] == 0 and value in {"unknown", "EYFS", "KS5"}:
                continue
            chosen = {"year_group": YEARS_OF_STAGE[value]} if name == "key_stage" else {name: value}
            rows.append([label, shown.cell(key, **here, **chosen)])
        groups.append([heading, rows])
    total = ["All children", shown.cell(f"{period}|completed", **here)]
    basis = "Council’s own figures, as known of the first day. Each group adds up to all children."
    items = [
        table_of(
            "Children whose permanent exclusion was completed",
            ["Group", "Children"],
            [],
            basis,
            shown,
            total=total,
            groups=groups,
            widths=[4, 1],
            w="76%",
        )
    ]
    if figures["reasons"]:
        ordered = sorted(figures["reasons"].items(), key=lambda pair: (-pair[1], pair[0]))
        if shown.public:
            # In order of size the hidden ones would be bounded by their neighbours.
            ordered = sorted(ordered, key=lambda pair: pair[0])
        reasons = [
            [REASON_LABELS.get(code, code), shown.cell(f"{period}|reason|{code}", **here, reason=code)]
            for code, _ in ordered
        ]
        reason_basis = "Council’s own figures. Up to three reasons of equal weight for each exclusion from September 2020, so they may add up to more than the children."
        items.append(
            table_of("Reasons given", ["Reason", "Times given"], reasons, reason_basis, shown, widths=[4, 1], w="76%")
        )
    return items


def costs(figures: Mapping[str, Any], shown: Shown) -> list[dict[str, Any]]:
    """Return the cost of education after permanent exclusion; one child's cost is not for the public."""
    cost, period = figures["cost"], figures["period"]
    if not cost["children"]:
        return [{"p": "No education after a permanent exclusion in this period has an agreed cost yet."}]
    hidden = f"{period}|cost_children" in shown.hidden
    total = HIDDEN if hidden else pounds(cost["total"])
    mean = HIDDEN if hidden else pounds(cost["total"] / cost["children"])
    alone = HIDDEN if shown.public else None
    rows = [
        ["Children", shown.text(f"{period}|cost_children")],
        ["Total", total],
        ["Mean for each child", mean],
        ["Middle child", alone or pounds(cost["middle"])],
        ["Least for one child", alone or pounds(cost["least"])],
        ["Most for one child", alone or pounds(cost["most"])],
    ]
    basis = "Council’s own figures: agreed cost, beyond ordinary spending on schooling."
    return [
        table_of(
            "Cost of education after permanent exclusion",
            ["Measure", "Amount"],
            rows,
            basis,
            shown,
            widths=[4, 1.3],
            w="76%",
        )
    ]


def appendix(figures: Mapping[str, Any], shown: Shown) -> dict[str, Any]:
    """Return how the figures are counted and, in the public version, protected."""
    items: list[dict[str, Any]] = [
        {
            "p": "An exclusion belongs to the period of its first day, and counts once the council has been told. A change made after the figures were frozen appears in a later report."
        },
        {
            "p": "Notified equals averted, rescinded, overturned, completed and open together. Rates are per 100 pupils on roll at the January census of the school year."
        },
    ]
    if shown.public:
        items += [
            {
                "p": "A count from 1 to 4 is hidden and shown as [c]. Wherever a total would give a hidden number back, a second number is hidden under the same mark, so that the mark does not tell which is small. No rate is printed whose parts are hidden, and no amount that belongs to one child. Nothing is rounded to hide it."
            },
            {
                "p": "Before the report was made, every hidden number was tested against all the tables of this report: none can be worked out from them."
            },
        ]
    head = ["Point", "Council’s own", "Department’s"]
    rows = [
        [
            "Counts",
            "Permanent exclusions the council was told of, and what came of each",
            "Permanent exclusions that schools returned, after review",
        ],
        ["Whose", "Children at the council’s schools", "Children at state-funded schools in the area"],
        ["When", "As each happens; frozen on the day shown", "About a year after the school year ends"],
        [
            "Source",
            "Case files of the Education Access Service",
            "Suspensions and permanent exclusions in England, Department for Education, Open Government Licence",
        ],
    ]
    items.append(
        table_of(
            "The two bases used in this report", head, rows, "", shown, widths=[0.7, 2, 2], text=[1, 2], counts=False
        )
    )
    return {
        "title": "Appendix A: how the figures are counted" + (" and protected" if shown.public else ""),
        "items": items,
    }


def pounds(amount: float | str) -> str:
    """Return an amount in whole pounds."""
    return f"£{float(amount):,.0f}"


def table_of(
    caption: str, head: list[str], rows: list[list[Any]], basis: str, shown: Shown, *,
    total: list[Any] | None = None, groups: list[Any] | None = None, widths: list[float], w: str = "100%",
    text: list[int] | None = None, counts: bool = True,
) -> dict[str, Any]:  # fmt: skip
    """Return one table of the document; `mark` says that its key must be printed."""
    table: dict[str, Any] = {
        "caption": caption,
        "head": head,
        "rows": rows,
        "widths": widths,
        "w": w,
        "text": text or [],
    }
    if total is not None:
        table["total"] = total
    if groups is not None:
        table["groups"] = groups
    flat = [*rows, *([total] if total else []), *(row for _, group in groups or [] for row in group)]
    mark = counts and shown.public and any(cell == HIDDEN for row in flat for cell in row)
    return {"table": table, "basis": basis, "mark": mark}


def _figure(name: str, caption: str, basis: str, draw: Any) -> dict[str, Any]:
    """Return a chart of the document, drawn wide for paper and narrow for phones."""
    wide, narrow = draw(640), draw(330)
    return {"fig": name, "caption": caption, "basis": basis, "alt": wide.summary, "svg": wide.svg, "narrow": narrow.svg}


def _rate(value: float | None, key: str, shown: Shown) -> str:
    if key in shown.hidden:
        return HIDDEN
    return "" if value is None else f"{value:.2f}"


def _dates(period: str) -> dict[str, str]:
    found = Period.parse(period)
    return {"first_from": found.first.isoformat(), "first_to": found.last.isoformat()}


def _area_name(council: str) -> str:
    return council.removesuffix(" Council")
