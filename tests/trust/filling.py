"""Fills a form as somebody would who knows what its fields want."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from contracts.word import shipped
from tests.pictures import PNG
from tests.trust.forms_to_fill import TYPED, Field, Form
from tests.trust.routes import CASES

Sent = dict[str, Any]
"""What is sent of each field: a list of texts, or the octets and the name of a file."""
BY_KIND: Final = {"number": "1", "date": "2030-06-03", "datetime-local": "2030-06-03T10:00",
                  "password": "seven-lanterns-9-boats"}  # fmt: skip
TICKED: Final = frozenset({"file", "checkbox", "radio"})
PROSE: Final = "原文{mark}：我们有一种办法，可以在贵公司现有产线上试用。"
PDF: Final = b"%PDF-1.7\n" + "盖章的文本".encode()
BY_NAME: Final = {
    "mail": "{mark}@post.example", "contact_mail": "{mark}@post.example",
    "website": "https://{mark}.example/", "phone": "010-62785001", "contact_phone": "010-62785001",
}  # fmt: skip


def filled(form: Form, endpoint: str, table: Mapping[str, str], mark: str) -> Sent:
    """`table` says what a field wants where its kind and name do not; "" leaves it empty."""
    known = {name: value for case in CASES if (case.method, case.endpoint) == ("POST", endpoint)
             for name, value in case.data.items()}  # fmt: skip
    sent: Sent = {}
    for n, one in enumerate(one for one in form.fields.values() if one.name):
        value = table.get(one.name)
        if value is not None:
            sent[one.name] = value.split("|") if value or one.kind not in TICKED else []
        elif one.kind == "file":
            sent[one.name] = _file(one, endpoint)
        else:
            sent[one.name] = _usual(one, known.get(one.name, ""), f"{mark}{n}")
    pressed, value = form.buttons[0] if form.buttons else ("", "")
    if chosen := next((name for name, _ in form.buttons if name in table), pressed):
        sent[chosen] = [table.get(chosen, value)]
    return sent


def _file(one: Field, endpoint: str) -> tuple[bytes, str]:
    if endpoint == "contract_templates.index":
        return shipped(("zh",)), "x.docx"
    if one.name in {"picture", "logo"}:
        return PNG, "x.png"
    return PDF, "x.pdf"


def _usual(one: Field, known: str, mark: str) -> list[str]:
    if one.kind in TYPED:
        usual = (
            "原文{mark}：我们有一种办法，可以在贵公司现有产线上试用。"
            if one.kind == "textarea"
            else "原文{mark}"
        )
        return [BY_NAME.get(one.name, usual).format(mark=mark)]
    if one.kind in {"radio", "select"} and known in one.offers and known:
        return [known]
    if one.kind == "radio":
        return one.values or one.offers[:1]
    if one.kind == "checkbox":
        return one.values or ([known] if known in one.offers else one.offers[:1] * one.required)
    if one.kind == "select":
        chosen = [value for value in one.values if value]
        return (
            chosen or [value for value in one.offers if value][:1] if one.required else one.values
        )
    if one.kind == "hidden":
        return one.values
    usual = BY_KIND.get(one.kind, "") if one.required or one.kind == "password" else ""
    return [value for value in one.values if value] or [known or usual]
