"""Published figures, read from the files that come with the project."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pandas as pd
from django.db import transaction

from reporting.models import PublishedFigure

FOLDER = Path(__file__).parent / "published"

PHASES = {
    "Total": "Total",
    "State-funded primary": "primary",
    "State-funded secondary": "secondary",
    "Special": "special",
}
# The Department's columns under the names of three eras, and the measure each holds.
MEASURES = {
    "headcount": "headcount",
    "perm_excl": "permanent_exclusions",
    "perm_excl_rate": "permanent_rate",
    "suspension": "suspensions",
    "susp_rate": "suspension_rate",
    "one_plus_susp": "one_or_more",
    "one_plus_susp_rate": "one_or_more_rate",
}
NOT_A_NUMBER = {"", "-", "x", "z", "c", "u", ":", "~", ".", "low", "k"}


@dataclass(frozen=True, slots=True)
class Series:
    """One file: how its rows name their area, and where it says it comes from."""

    file: str
    area_column: str | None
    source: str


# In order of precision: the first that holds a figure gives it.
SERIES = (
    Series("dfe_rates.csv", "area", "DfE Local Authority Interactive Tool, April 2026"),
    Series("dfe_counts_recovered.csv", "la_name", "Whole numbers that fit the published rates"),
    Series("dfe_national_series.csv", None, "DfE statistical releases"),
)
SAME_AREA = {"Herefordshire, County of": "Herefordshire"}


@transaction.atomic
def import_published_figures() -> int:
    """Read every series and keep each figure once, the most precise first; return how many are held.

    Columns are found by name and values read as text, so that nothing is rounded on the way. A second import changes
    only what the files have changed.
    """
    found: dict[tuple[str, str, str, str], PublishedFigure] = {}
    for series in SERIES:
        for figure in _figures(series):
            found.setdefault((figure.area, figure.academic_year, figure.phase, figure.measure), figure)
    PublishedFigure.objects.bulk_create(
        found.values(),
        update_conflicts=True,
        unique_fields=["area", "academic_year", "phase", "measure"],
        update_fields=["value", "status", "source"],
        batch_size=2000,
    )
    return len(found)


def _figures(series: Series) -> Iterator[PublishedFigure]:
    table = pd.read_csv(FOLDER / series.file, dtype=str, keep_default_na=False)
    columns = [column for column in MEASURES if column in table.columns]
    for row in table.to_dict("records"):
        area = row[series.area_column] if series.area_column else "England"
        for column in columns:
            if row[column].strip() not in NOT_A_NUMBER:
                yield _figure(series, row, SAME_AREA.get(area, area), column)


def _figure(series: Series, row: Mapping[str, str], area: str, column: str) -> PublishedFigure:
    start = row["time_period"]
    return PublishedFigure(
        area=area,
        academic_year=f"{start[:4]}/{start[4:]}",
        phase=PHASES[row["education_phase"]],
        measure=MEASURES[column],
        value=Decimal(row[column]),
        status=row["status"].lower()[:120],
        source=(row.get("source") or series.source)[:160],
    )
