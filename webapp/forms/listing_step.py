"""What the five steps of a result's form share: they begin with what is stored, all of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from core.i18n import N_
from listings.inputs import AssetChange, ListingChange, TextInput
from listings.queries import ListingPage
from webapp.forms.base import MarketForm
from webapp.forms.listing_typed import prose

T = TypeVar("T")

LANGUAGES: Final = [("zh", N_("Chinese")), ("en", N_("English"))]
LEVELS: Final = [
    ("public", N_("Everyone")),
    ("member", N_("People who are signed in")),
    ("nda", N_("Those who accepted the confidentiality agreement")),
]


class StepForm(MarketForm):
    """`page` is what its reader sees, in one language; `stored` what is stored, in every one.

    A field that still says what it showed leaves what is stored: it could be read otherwise, such
    as a keyword with a comma in it.
    """

    def __init__(self, page: ListingPage, stored: ListingChange, *args: Any, **kwargs: Any) -> None:
        self.page, self.stored = page, stored
        super().__init__(*args, **kwargs)

    def shown(self) -> dict[str, Any]:
        """What its fields say before anybody types."""
        raise NotImplementedError

    def change(self) -> ListingChange:
        """What it says now."""
        raise NotImplementedError

    def show(self) -> None:
        self.process(data=self.shown())

    @property
    def asset(self) -> AssetChange:
        return self.stored.asset or AssetChange()

    def text(self, language: str) -> TextInput:
        """The stored text in that language, or an empty one."""
        found = (text for text in self.stored.texts if text.language == language)
        return next(found, TextInput(language, ""))

    def same(self, name: str) -> bool:
        """Whether the field still says what it showed."""
        return prose(self[name].data) == prose(self.shown()[name])

    def kept(self, name: str, before: T, read: Callable[[str], Any]) -> T:
        """What is stored where the field says the same, else what is read from it."""
        return before if self.same(name) else self.read(name, before, read)

    def read(self, name: str, before: T, read: Callable[[str], Any]) -> T:
        """What is read from the field, as a tuple where `before` is one."""
        found = read(prose(self[name].data))
        return tuple(found) if isinstance(before, tuple) else found  # type: ignore[return-value]
