"""A plan as a Word file that people edit: the same document as the printed one, with Word's own headings and tables."""

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

# Signs that XML has no way to write.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
BRAND, HEAD, QUIET = "14466B", "EBF2F8", "484949"
# By colour, what stands behind a status. It says no more than the word in the cell.
BEHIND: Mapping[str, str] = {
    "green": "CCE2D8", "amber": "FFF0C2", "red": "F6D7D2", "blue": "D2E2F1", "grey": "EEEFEF",
}  # fmt: skip
WIDTH_MM, HEIGHT_MM, MARGIN_MM = 297, 210, 14


def word_file(document: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """Return a plan's document as a .docx: landscape, a table for each priority, headings repeated on every page."""
    # Loaded when a Word file is asked for and not before: it takes a fifth of a second.
    import docx

    file = docx.Document()
    _set_up(file, document, made_at)
    file.add_heading(_plain(document["title"]), 0)
    if document["answers"]:
        file.add_paragraph(_plain(f"Answers: {document['answers']}"))
    file.add_paragraph(f"{document['as_at']}.")
    file.add_heading("Where its actions stand", 1)
    _table(file, ("Status", "Actions"), (3, 1), document["summary"], width=80)
    for priority in document["priorities"]:
        file.add_heading(_plain(priority["title"]), 1)
        if priority["theme"]:
            file.add_paragraph(_plain(f"Theme: {priority['theme']}"))
        if priority["outcomes"]:
            file.add_heading("Outcomes", 2)
            for outcome in priority["outcomes"]:
                file.add_paragraph(_plain(outcome), style="List Bullet")
        if priority["measures"]:
            file.add_heading("Measures", 2)
            _table(file, ("Measure", "Target", "Unit"), (3, 2, 1), priority["measures"], width=200)
        file.add_heading("Actions", 2)
        if priority["rows"]:
            _table(file, document["heads"], document["shares"], priority["rows"])
        else:
            file.add_paragraph("No action stands under it.")
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _set_up(file: Any, document: Mapping[str, Any], made_at: datetime) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    about = file.core_properties
    about.title, about.author, about.language = _plain(document["title"]), _plain(document["council"]), "en-GB"
    about.created = about.modified = made_at.replace(tzinfo=None)
    about.comments, about.last_modified_by = "", ""
    page = file.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Mm(WIDTH_MM), Mm(HEIGHT_MM)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(MARGIN_MM)
    for name, size in (("Normal", 9), ("Title", 20), ("Heading 1", 12), ("Heading 2", 10)):
        style = file.styles[name]
        style.font.size, style.font.name = Pt(size), "Arial"
        fonts = style.element.rPr.rFonts
        # Else the fonts of Word's own theme stand over the name.
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), "Arial")
        if name != "Normal":
            style.font.color.rgb = RGBColor.from_string(BRAND)
    for language in file.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    footer = page.footer.paragraphs[0]
    footer.add_run(_plain(f"{document['council']}. {document['title']}. {document['as_at']}. Page "))
    _page_number(footer.add_run())


def _table(
    file: Any, heads: Sequence[str], shares: Sequence[float], rows: Sequence[Sequence[Any]], width: int = WIDTH_MM - 2 * MARGIN_MM
) -> None:  # fmt: skip
    """Add a table; `width` is in millimetres. Its first row is a heading on every page, and no row is broken across two."""
    from docx.shared import Mm

    table = file.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.autofit = False
    widths = [Mm(round(width * share / sum(shares), 1)) for share in shares]
    for column, each in zip(table.columns, widths, strict=True):
        column.width = each
    for cell, head, each in zip(table.rows[0].cells, heads, widths, strict=True):
        cell.width = each
        cell.paragraphs[0].add_run(head).bold = True
        _shade(cell, HEAD)
    _say(table.rows[0]._tr.get_or_add_trPr(), "tblHeader", val="true")
    for row in rows:
        added = table.add_row()
        _say(added._tr.get_or_add_trPr(), "cantSplit", val="true")
        for cell, said, each in zip(added.cells, row, widths, strict=True):
            cell.width = each
            _fill(cell, said if isinstance(said, Mapping) else {"text": said})
    file.add_paragraph()


def _fill(cell: Any, said: Mapping[str, str]) -> None:
    from docx.shared import Pt, RGBColor

    cell.paragraphs[0].add_run(_plain(said["text"])).bold = "colour" in said
    if "colour" in said:
        _shade(cell, BEHIND[said["colour"]])
    if said.get("small"):
        smaller = cell.add_paragraph().add_run(_plain(said["small"]))
        smaller.font.size, smaller.font.color.rgb = Pt(7.5), RGBColor.from_string(QUIET)


def _shade(cell: Any, colour: str) -> None:
    _say(cell._tc.get_or_add_tcPr(), "shd", val="clear", color="auto", fill=colour)


def _page_number(run: Any) -> None:
    _say(run._r, "fldChar", fldCharType="begin")
    _say(run._r, "instrText").text = "PAGE"
    _say(run._r, "fldChar", fldCharType="end")


def _say(parent: Any, name: str, **attributes: str) -> Any:
    """Add an element of Word's own to another, and return it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    parent.append(element)
    return element


def _plain(text: str) -> str:
    return _UNSEEN.sub("", text)
