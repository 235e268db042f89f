"""All law profiles of a market, read from its folder of policies and checked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path

from core.law.days import Calendar
from core.law.profile import Profile
from core.law.reading import LawError, Source, read_calendars, read_source
from core.law.values import LawValue
from core.law.wordings import Worded, Wording


class UnknownJurisdiction(LookupError):  # noqa: N818  # it names what is asked, not a fault
    """No policy file has this name."""


@dataclass(frozen=True)
class Amended:
    """Rules that take the place of a profile's own from the day `on`."""

    id: str
    on: date
    source: Source


@dataclass(frozen=True)
class LawBook:
    """Profiles by name; each takes from its parent every rule that it does not state itself."""

    sources: Mapping[str, Source]
    calendars: Mapping[str, Calendar]
    amended: Mapping[str, tuple[Amended, ...]] = field(default_factory=dict)
    """By profile, in the order of their approval; none in what was read from files."""
    worded: Mapping[str, tuple[Worded, ...]] = field(default_factory=dict)
    """By letter, in the order of their approval."""

    @classmethod
    def load(cls, folder: Path) -> "LawBook":
        """Read `*.toml` and `holidays/*.toml`; LawError names file, rule and fault, all at once."""
        calendars = read_calendars(folder / "holidays")
        sources = {}
        for path in sorted(folder.glob("*.toml")):
            source = read_source(path)
            sources[source.name] = source
        _check_family(sources, calendars)
        return cls(sources, calendars)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.sources))

    def profile(self, jurisdiction: str, on: date) -> Profile:
        """Return what holds there on that legal date; UnknownJurisdiction for an unknown name."""
        chain = self._chain(jurisdiction)
        values: dict[str, LawValue] = {}
        for source in reversed(chain):
            for rules in (source.rules, *(one.source.rules for one in self._of(source.name, on))):
                values |= {rule.rule_id: rule for rule in rules if _holds(rule, on)}
        calendar = next(source.holidays for source in chain if source.holidays)
        return Profile(
            jurisdiction, self.version(jurisdiction, on), on, self.calendars[calendar], values
        )

    def version(self, jurisdiction: str, on: date = date.max) -> str:
        """Return 16 hex digits that change with any byte of the profile's files, and with each
        amendment that has taken effect."""
        chain = self._chain(jurisdiction)
        digests = [source.digest for source in chain]
        digests += [one.source.digest for source in chain for one in self._of(source.name, on)]
        return sha256("\n".join(digests).encode()).hexdigest()[:16]

    def title(self, jurisdiction: str, language: str) -> str:
        """Return the jurisdiction's name for readers."""
        source = self._chain(jurisdiction)[0]
        return source.title_en if language == "en" else source.title

    def wording(self, name: str, on: date) -> Wording | None:
        """The market's own wording of a letter on that day; None where none was ever approved."""
        holding = sorted(
            (one for one in self.worded.get(name, ()) if one.on <= on), key=lambda one: one.on
        )
        return holding[-1].wording if holding else None

    def _of(self, name: str, on: date) -> list[Amended]:
        return sorted(
            (one for one in self.amended.get(name, ()) if one.on <= on), key=lambda one: one.on
        )

    def _chain(self, jurisdiction: str) -> list[Source]:
        """Return the profile's own file first, then its ancestors."""
        chain: list[Source] = []
        name = jurisdiction
        while name:
            try:
                chain.append(self.sources[name])
            except KeyError:
                raise UnknownJurisdiction(name) from None
            name = chain[-1].extends
        return chain


def _holds(rule: LawValue, on: date) -> bool:
    return rule.valid_from <= on and (rule.valid_to is None or on <= rule.valid_to)


def _check_family(sources: Mapping[str, Source], calendars: Mapping[str, Calendar]) -> None:
    """Every parent exists, no profile is its own ancestor, and one in each line has a calendar."""
    for source in sources.values():
        line = [source.name]
        holidays = source.holidays
        while parent := sources[line[-1]].extends:
            if parent not in sources:
                raise LawError(f"{sources[line[-1]].file}: extends “{parent}”, which has no file")
            if parent in line:
                raise LawError(f"{source.file}: “{source.name}” is its own ancestor")
            line.append(parent)
            holidays = holidays or sources[parent].holidays
        if holidays not in calendars:
            raise LawError(f"{source.file}: no holiday calendar named “{holidays}”")
