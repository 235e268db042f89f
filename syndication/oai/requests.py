"""What a harvester asked, checked against the protocol's section 4. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

PREFIX: Final = "oai_dc"

_ARGUMENTS: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset({"resumptionToken"})),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset()),
    "ListIdentifiers": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
    "ListRecords": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
}
"""Required and optional arguments of each verb, beside a list's exclusive resumptionToken."""
LISTS: Final = frozenset({"ListIdentifiers", "ListRecords"})
_LAST_YEAR: Final = 9000
"""Later dates are read as this one, so that a day can be added to each."""
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_SECOND: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class OaiError(Exception):
    """An answer in the protocol's own form: a code and a sentence."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(code, sentence)
        self.code, self.sentence = code, sentence


@dataclass(frozen=True)
class OaiRequest:
    """`arguments` are those that were sent, each once."""

    verb: str
    arguments: Mapping[str, str]

    def get(self, name: str) -> str | None:
        return self.arguments.get(name)


@dataclass(frozen=True)
class Span:
    """From an instant on, and before another; None is open."""

    since: datetime | None
    before: datetime | None


def read_request(pairs: Sequence[tuple[str, str]]) -> OaiRequest:
    """Raises OaiError badVerb, badArgument, cannotDisseminateFormat."""
    verbs = [value for name, value in pairs if name == "verb"]
    if len(verbs) != 1 or verbs[0] not in _ARGUMENTS:
        raise OaiError("badVerb", "The verb is missing, repeated or none of the protocol's six.")
    arguments = dict(pair for pair in pairs if pair[0] != "verb")
    if len(arguments) != len(pairs) - 1:
        raise OaiError("badArgument", "An argument is repeated.")
    _check(verbs[0], arguments)
    return OaiRequest(verbs[0], arguments)


def _check(verb: str, arguments: Mapping[str, str]) -> None:
    required, optional = _ARGUMENTS[verb]
    if verb in LISTS and "resumptionToken" in arguments:
        if len(arguments) > 1:
            raise OaiError("badArgument", "resumptionToken excludes every other argument.")
        return
    unknown = set(arguments) - required - optional
    if unknown:
        raise OaiError("badArgument", f"{verb} does not take {len(unknown)} of the arguments.")
    missing = sorted(required - set(arguments))
    if missing:
        raise OaiError("badArgument", f"{verb} needs {', '.join(missing)}.")
    if any(not value for value in arguments.values()):
        raise OaiError("badArgument", "An argument is empty.")
    if arguments.get("metadataPrefix", PREFIX) != PREFIX:
        raise OaiError("cannotDisseminateFormat", f"Records are given as {PREFIX} only.")


def read_span(since: str | None, until: str | None) -> Span:
    """Both ends belong to it, in days or in seconds. Raises OaiError badArgument."""
    if since and until and len(since) != len(until):
        raise OaiError("badArgument", "from and until differ in granularity.")
    begin = _instant(since) if since else None
    end = _instant(until) if until else None
    if begin and end and begin > end:
        raise OaiError("badArgument", "from is later than until.")
    if end is not None and until is not None:
        end += timedelta(days=1) if _DAY.fullmatch(until) else timedelta(seconds=1)
    return Span(begin, end)


def _instant(text: str) -> datetime:
    wrong = OaiError("badArgument", "A date is written YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")
    if not text.isascii() or not (_DAY.fullmatch(text) or _SECOND.fullmatch(text)):
        raise wrong
    try:
        found = datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
        return found if found.year < _LAST_YEAR else datetime(_LAST_YEAR, 1, 1, tzinfo=UTC)
    except ValueError:
        raise wrong from None
