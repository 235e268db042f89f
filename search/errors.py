"""How searching can fail. Everything else of the market goes on without it."""

from __future__ import annotations

from core.errors import Refused
from core.i18n import N_


class IndexBusy(Exception):  # noqa: N818  somebody else's turn, not a fault
    """Another process writes to this index; nothing was written. Try again later."""


class SearchUnavailable(Refused):
    """The engine cannot answer."""

    code = "search_unavailable"
    text = N_("Search is not available at the moment. Everything else works; try again shortly.")
    status = 503

    @property
    def why(self) -> str:
        """For the operator, as far as it is known; a visitor reads the text."""
        return str(self.__cause__ or self.code)


class AnalystStopped(Exception):  # noqa: N818
    """A process that analysed documents ended early; the index in use is as it was."""


class TooManyTerms(Refused):
    """The market's own vocabulary is bounded: every process keeps all of it in memory."""

    code = "too_many_terms"
    text = N_("A market keeps at most %(most)s terms of its own; nothing was changed.")
    status = 422
