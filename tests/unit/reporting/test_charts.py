"""Charts: picture, summary and rows say the same."""

from defusedxml import ElementTree

from reporting import charts

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_bar_chart_writes_each_number_in_picture_summary_and_rows() -> None:
    chart = charts.bar_chart(title="Exclusions", unit="Children", labels=["2018/19", "2019/20"], values=[90, 44])

    assert {"90", "44"} <= set(texts(chart.svg))
    assert "90 in 2018/19" in chart.summary
    assert chart.rows == (("2018/19", "90"), ("2019/20", "44"))


def test_bar_chart_never_draws_a_hidden_number_to_scale() -> None:
    one = charts.bar_chart(title="x", unit="", labels=["a", "b"], values=[90, None])

    assert "[c]" in texts(one.svg)
    assert "hidden in b" in one.summary


def test_waterfall_hangs_each_step_from_the_one_before() -> None:
    steps = [
        charts.Step("Notified", 75, total=True),
        charts.Step("Averted", 24),
        charts.Step("Completed", 51, total=True),
    ]

    chart = charts.waterfall(title="What came", steps=steps)

    assert "−24" in texts(chart.svg)
    assert chart.rows == (("Notified", "75"), ("Averted", "24"), ("Completed", "51"))


def test_line_chart_keeps_the_labels_at_line_ends_apart() -> None:
    lines = [charts.Line(name, (0.1, 0.08)) for name in ("Here", "Region", "England")]

    chart = charts.line_chart(title="Rate", unit="Rate", labels=["2018/19", "2019/20"], lines=lines)

    ends = [
        element for element in ElementTree.fromstring(chart.svg).iter(f"{SVG}text") if " 0.08" in (element.text or "")
    ]
    heights = sorted(float(element.get("y", "0")) for element in ends)
    assert all(upper + 16 <= lower for upper, lower in zip(heights, heights[1:], strict=False))


def test_words_that_look_like_markup_are_escaped() -> None:
    chart = charts.bar_chart(title="<b>&", unit="<script>", labels=["<i>"], values=[1])

    assert "<script>" not in chart.svg
    assert "<i>" in texts(chart.svg)
