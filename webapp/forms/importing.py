"""Forms of the import: the file, how it is read, which column is what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from flask import request
from wtforms import BooleanField, FileField, IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange
from wtforms.validators import Optional as Blank

from core.i18n import N_
from listings.importing.describe import Choices
from listings.importing.description import Description
from listings.importing.encodings import LABELS
from listings.importing.mapping import ColumnMapping
from webapp.forms.base import Filled, MarketForm
from webapp.language import plain
from webapp.presenters.importing import DELIMITER_NAMES

_OFFICES: Final = ("CN", "US", "EP", "WO", "JP", "KR", "DE", "GB", "FR", "TW")
_CURRENCIES: Final = ("CNY", "USD", "EUR", "GBP", "JPY", "HKD")
_TAB: Final = "tab"


def _choices(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(value, text) for value, text in pairs]


class UploadForm(MarketForm):
    owner = SelectField(N_("In the name of"))
    file = FileField(
        N_("File"),
        [Filled(N_("Choose a file."))],
        description=N_(
            "CSV, XLSX, JSON, JSON lines or USPTO XML, also zipped. Encoding and columns are "
            "recognised."
        ),
    )

    def __init__(self, owners: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner.choices = _choices(owners)


class ReadingForm(MarketForm):
    """How the file is read, where a person knows better."""

    encoding = SelectField(N_("Encoding"))
    delimiter = SelectField(N_("Cells are parted by"))
    header_row = IntegerField(
        N_("The columns are named in line"), [Blank(), NumberRange(min=1, max=10)]
    )

    def __init__(self, described: Description, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.encoding.choices = _choices(LABELS.items())
        self.delimiter.choices = _choices(
            (_TAB if sign == "\t" else sign, plain(word)) for sign, word in DELIMITER_NAMES.items()
        )
        if described.format in ("xlsx", "uspto_xml"):
            del self.encoding
        if described.format != "csv":
            del self.delimiter
        if described.format not in ("csv", "xlsx"):
            del self.header_row

    def show(self, described: Description) -> None:
        """Fills in how the file is read now."""
        sign = described.delimiter
        self.process(
            data={
                "encoding": described.encoding,
                "delimiter": _TAB if sign == "\t" else sign,
                "header_row": described.header_row + 1,
            }
        )

    def choices(self) -> Choices:
        row, sign = self._value("header_row"), self._value("delimiter")
        return Choices(
            encoding=self._value("encoding"),
            delimiter="\t" if sign == _TAB else sign,
            header_row=None if row is None else row - 1,
        )

    def _value(self, name: str) -> Any:
        return self[name].data if name in self else None


class ColumnsForm(MarketForm):
    """What the file leaves unsaid; the columns themselves are selects `c0`, `c1`, … beside it."""

    office = SelectField(
        N_("Office of patent numbers that name none"),
        choices=_choices(
            [("", N_("None: every number names its office")), *((o, o) for o in _OFFICES)]
        ),
    )
    currency = SelectField(
        N_("Currency of prices that name none"), choices=_choices((c, c) for c in _CURRENCIES)
    )
    language = SelectField(
        N_("Language of the texts"),
        choices=_choices(
            [("", N_("As each text shows")), ("zh", N_("Chinese")), ("en", N_("English"))]
        ),
    )
    publish = BooleanField(
        N_("Publish at once"),
        description=N_(
            "By this you declare for every row that ownership, co-owners, pledges, earlier "
            "licences and annuities are in order; your name stands in each title check. Without "
            "it the rows become drafts."
        ),
    )

    def show(self, mapping: ColumnMapping, *, publish: bool) -> None:
        self.process(
            data={
                "office": mapping.office or "",
                "currency": mapping.currency,
                "language": mapping.language or "",
                "publish": publish,
            }
        )

    def mapping(self, header: Sequence[str]) -> dict[str, Any]:
        """What `map_columns` takes; columns assigned to nothing are left out."""
        chosen = {name: request.form.get(f"c{n}", "") for n, name in enumerate(header)}
        columns = {name: field for name, field in chosen.items() if field}
        return ColumnMapping(
            columns, self.office.data or None, self.currency.data, self.language.data or None
        ).to_json()
