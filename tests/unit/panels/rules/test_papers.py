import pytest

from panels.rules.papers import PAPER_LABELS, SCHOOL_CONSIDERED, Paper, wanting
from panels.rules.terms import PanelKind
from tests.tables.reader import rows

SHORT = {**{paper.value: PAPER_LABELS[paper.value] for paper in Paper}, "school": SCHOOL_CONSIDERED}


@pytest.mark.parametrize("row", rows("referral_papers"), ids=lambda row: row["situation"])
def test_papers_of_each_situation_want_what_the_table_says(row: dict[str, str]) -> None:
    papers = {name: "Written" for name in row["written"].split()}

    found = wanting(papers, kind=PanelKind(row["panel"]), candidates=int(row["candidates"]))

    assert found == tuple(SHORT[name] for name in row["wanting"].split())


def test_paper_of_spaces_is_not_written() -> None:
    papers = {paper.value: "Written" for paper in Paper} | {"risk": " \n"}

    assert wanting(papers, kind=PanelKind.SPECIALIST_PLACEMENT, candidates=0) == (PAPER_LABELS["risk"],)
