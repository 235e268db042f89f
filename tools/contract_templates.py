"""Makes the market's own Word templates of contracts anew: `python -m tools.contract_templates`.

They lie in `contracts/texts/`; offices take them as a start for their own. The placeholders are
listed in docs/contracts.md.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

TEXTS: Final = Path(__file__).resolve().parents[1] / "contracts" / "texts"
_LATIN, _CHINESE = "Times New Roman", "SimSun"
_ONE_DAY: Final = (2026, 11, 29, 0, 0, 0)
"""Of each part in the archive, so that the same words make the same file."""


def single() -> bytes:
    """One language: headings and paragraphs."""
    document = _begin("{{ title }}")
    document.add_paragraph("{%p for section in sections %}")
    document.add_paragraph("{{ section.heading }}").runs[0].bold = True
    document.add_paragraph("{%p for row in section.rows %}")
    document.add_paragraph("{% if row.name %}{{ row.name }}: {% endif %}{{ row.text }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endfor %}")
    return _finish(document)


def double() -> bytes:
    """Two languages beside each other; what the parties wrote stands once, over both."""
    document = _begin("{{ title }} / {{ title2 }}")
    table = document.add_table(rows=9, cols=2)
    table.autofit = False
    _across(table, 0, "{%tr for section in sections %}")
    for cell, name in zip(table.rows[1].cells, ("heading", "heading2"), strict=True):
        cell.paragraphs[0].add_run(f"{{{{ section.{name} }}}}").bold = True
    _across(table, 2, "{%tr for row in section.rows %}")
    _across(table, 3, "{%tr if row.shared %}")
    _across(table, 4, "{{ row.text }}")
    _across(table, 5, "{%tr else %}")
    for cell, n in zip(table.rows[6].cells, ("", "2"), strict=True):
        cell.text = f"{{{{ row.name{n} }}}}: {{{{ row.text{n} }}}}"
    _across(table, 7, "{%tr endif %}")
    _across(table, 8, "{%tr endfor %}")
    _across(table, None, "{%tr endfor %}")
    return _finish(document)


def _begin(title: str) -> Any:
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = _LATIN, Pt(11)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _CHINESE)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)
    head = section.header.paragraphs[0]
    head.text = "{{ words.number }} {{ number }}\t\t{{ words.working_copy }}"
    foot = section.footer.paragraphs[0]
    foot.text = "{% if digest %}SHA-256 {{ digest }}{% endif %}\t"
    _page_number(foot)
    for one in (head, foot):
        for run in one.runs:
            run.font.size = Pt(8)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(title)
    run.bold, run.font.size = True, Pt(16)
    return document


def _finish(document: Any) -> bytes:
    document.add_paragraph()
    table = document.add_table(rows=1, cols=2)
    table.style = "Table Grid"
    for cell, party in zip(table.rows[0].cells, ("seller", "buyer"), strict=True):
        cell.paragraphs[0].add_run(f"{{{{ {party} }}}}").bold = True
        for word in ("signature", "signed_on", "signed_at"):
            cell.add_paragraph(f"{{{{ words.{word} }}}}: ________")
        cell.add_paragraph()
        cell.add_paragraph("{{ words.seal }}").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    said = document.core_properties
    said.author, said.title, said.comments = "", "{{ number }}", ""
    made = io.BytesIO()
    document.save(made)
    return _steady(made.getvalue())


def _across(table: Any, row: int | None, text: str) -> None:
    cells = (table.add_row() if row is None else table.rows[row]).cells
    cells[0].merge(cells[1]).text = text


def _page_number(paragraph: Any) -> None:
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        made = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            made.set(qn("w:fldCharType"), kind)
        else:
            made.text = text
        run._r.append(made)  # noqa: SLF001  python-docx has no words for fields


def _steady(octets: bytes) -> bytes:
    """The same parts with one date, so that the file changes only when its words do."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(octets)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _ONE_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return made.getvalue()


def main() -> None:
    """Writes both."""
    (TEXTS / "contract.docx").write_bytes(single())
    (TEXTS / "contract-both.docx").write_bytes(double())


if __name__ == "__main__":
    main()
