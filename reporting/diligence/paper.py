"""The diligence file for people: its values in sentences and tables of one language. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from contracts.registration.wording import ACT_NAMES as REGISTRATION_ACTS
from core.i18n import (
    N_,
    format_date,
    format_datetime,
    format_list,
    format_money,
    format_size,
    translator,
)
from core.ids import show
from core.money import Money
from deals.border import PAPER_NAMES
from deals.deciding.states import StepState
from deals.deciding.wording import STATE_NAMES
from deals.engine.declaration import AUTOMATIC
from deals.modes import MODES
from deals.offers import Terms
from deals.preemption.states import ClaimState
from deals.preemption.wording import STATE_NAMES as CLAIM_NAMES
from deals.wording import ACT_NAMES, BELOW, EMPTY, TERM_NAMES, WAY_NAMES, term_value
from listings.exporting import EXPORT_NAMES
from listings.valuing import METHOD_NAMES

TEMPLATE: Final = Path(__file__).parent / "paper.typ"
Values = Mapping[str, Any]
Row = tuple[str, ...]

_GIVEN: Final = {
    "asked": N_("Under way"),
    "signed": N_("Signed"),
    "declined": N_("Declined"),
    "taken_back": N_("Taken back"),
    "set_aside": N_("Set aside"),
}
_SIDES: Final = {
    "seller": N_("Owner"),
    "buyer": N_("Buyer"),
    "public": N_("Somebody else"),
    "holder": N_("Who comes first"),
    "engine": N_("The rules, by themselves"),
}
_RESULTS: Final = {
    "confirmed": N_("Ended without an upheld objection"),
    "objection_upheld": N_("An objection was upheld"),
    "ended": N_("The deal ended before it"),
}
_ANSWERS: Final = {
    "open": N_("not answered yet"),
    "dismissed": N_("dismissed"),
    "upheld": N_("upheld"),
}
_CHECKED: Final = {"ok": N_("in order"), "missing": N_("missing"), "waits": N_("waits")}
_CONTRACT_STATES: Final = {
    "drafting": N_("Being drawn up"),
    "ready": N_("Ready to sign"),
    "signed": N_("Signed by both sides"),
    "abandoned": N_("Given up"),
}
_ITEMS: Final = {
    "owner": N_("Owner"),
    "co_owners": N_("Co-owners"),
    "pledge": N_("Pledge"),
    "earlier_licences": N_("Earlier licences"),
    "annuity": N_("Annuity"),
}


class Paper:
    """Words one course of a deal in one language, in the market's zone."""

    def __init__(self, told: Values, language: str, zone: ZoneInfo) -> None:
        self._told, self._language, self._zone = told, language, zone
        self._say: Callable[..., str] = translator(language).gettext
        self._mode = MODES[told["deal"]["mode"]]

    def sheet(self, made_at: datetime) -> dict[str, Any]:
        """What `paper.typ` prints."""
        deal = self._told["deal"]
        return {
            "language": self._language,
            "kind": self._say(N_("Diligence file")),
            "deal": show("deal", deal["id"]),
            "title": deal["title"],
            "facts": list(self._facts(deal)),
            "sections": list(self._sections()),
            "foot": self._say(
                N_("Taken on %(at)s. What counts is diligence.json beside this paper: it is sealed "
                   "and can be checked by anyone."),
                at=format_datetime(made_at, self._language, self._zone, show_zone=True),
            ),
        }  # fmt: skip

    def _facts(self, deal: Values) -> Iterable[tuple[str, str]]:
        say, named = self._say, self._told["organisations"]
        yield say(N_("Owner")), named.get(deal["seller_org"], EMPTY)
        yield say(N_("Buyer")), named.get(deal["buyer_org"], deal["buyer_firm"] or EMPTY)
        yield say(N_("How the price is found")), say(self._mode.label)
        if deal["why_this_mode"]:
            yield say(N_("Why the price is found in this way")), deal["why_this_mode"]
        yield say(N_("Way")), say(WAY_NAMES[deal["way"]]) if deal["way"] else EMPTY
        yield say(N_("State")), say(self._mode.state(deal["state"]).label)
        yield say(N_("Opened on")), self._instant(deal["opened_at"])
        yield say(N_("Rules")), f"{deal['profile']} ({deal['law_on']})"
        yield (
            say(N_("Owner bound by the law on state institutes")),
            self._yes(deal["owner_is_state"]),
        )
        related = N_("yes") if deal["related"] else N_("none known or declared")
        yield say(N_("Buyer is a contributor or related")), say(related)
        patents = (p["grant_number"] or p["application_number"] or p["publication_number"]
                   for p in self._told["result"]["patents"])  # fmt: skip
        yield say(N_("Patents")), "、".join(filter(None, patents)) or EMPTY

    def _sections(self) -> Iterable[dict[str, Any]]:
        """Headings, columns with their relative widths, and rows."""
        when, who, hashed = N_("When"), N_("By whom"), N_("Hash")
        steps = {when: 3, N_("What"): 4, who: 3, N_("Rules"): 6}
        yield self._section(N_("Every step and the rules it passed"), steps, self._steps())
        offers = {N_("Version"): 1, who: 2, when: 3, N_("What was offered"): 8}
        yield self._section(N_("Offers"), offers, self._offers())
        notices = {N_("Days"): 1, N_("Period"): 4, N_("Outcome"): 4, N_("Hash as published"): 6}
        yield self._section(N_("Public notices"), notices, self._notices())
        objections = {when: 3, who: 2, N_("Text"): 5, N_("Answer"): 5}
        yield self._section(N_("Objections"), objections, self._objections())
        decided = {N_("Step"): 3, N_("Outcome"): 2, who: 3, when: 3, N_("Paper"): 5}
        heading = N_("Decision of the institution")
        yield self._section(heading, decided, self._decision())
        claims = {N_("Name"): 3, N_("Outcome"): 2, N_("Told"): 3, N_("Until"): 3, N_("Paper"): 5}
        yield self._section(N_("Who comes first"), claims, self._claims())
        quotes = {when: 3, who: 3, N_("Amount"): 3, N_("Committed to"): 6}
        yield self._section(N_("Quotes under seal"), quotes, self._quotes())
        valued = {N_("Appraised value"): 3, N_("How the value was found"): 4, N_("Who made it"): 4,
                  N_("Valid"): 4, hashed: 5}  # fmt: skip
        yield self._section(N_("Valuations"), valued, self._valuations())
        checks = {N_("Item"): 4, N_("Outcome"): 2, who: 2, when: 3}
        yield self._section(N_("Checks of the title"), checks, self._checks())
        export = {N_("Statement or paper"): 4, N_("Number or item"): 4, who: 3, when: 3}
        yield self._section(N_("Leaving the country"), export, self._exports())
        shares = {N_("Name"): 4, N_("Agreed share"): 2, N_("Confirmed"): 4}
        yield self._section(N_("Contributors and their shares"), shares, self._contributors())
        promises = {N_("Name"): 4, N_("Version"): 2, when: 4}
        yield self._section(N_("Who promised secrecy"), promises, self._promises())
        files = {N_("File"): 4, N_("Size"): 2, hashed: 5, N_("Given to"): 5}
        heading = N_("Files of the room and who was given them")
        yield self._section(heading, files, self._files())
        contracts = {N_("No."): 4, N_("State"): 3, when: 3, N_("Hash of the text"): 5}
        yield self._section(N_("Contract"), contracts, self._contracts())
        copies = {who: 2, N_("Signed by"): 3, N_("Confirmed by"): 3, when: 3, hashed: 5}
        yield self._section(N_("Signed copies"), copies, self._copies())
        given = {who: 2, N_("Signed by"): 3, N_("State"): 3, when: 3, N_("Evidence"): 5}
        yield self._section(N_("Electronic signatures"), given, self._signatures())
        steps = {when: 3, N_("What"): 4, who: 3, N_("Number in the register"): 4, N_("Reason"): 4}
        yield self._section(N_("Contract registration"), steps, self._registrations())

    def _section(
        self, heading: str, columns: Mapping[str, int], rows: Iterable[Row]
    ) -> dict[str, Any]:
        return {
            "heading": self._say(heading),
            "head": [self._say(name) for name in columns],
            "widths": list(columns.values()),
            "rows": [list(row) for row in rows],
            "none": self._say(N_("None recorded.")),
        }

    def _steps(self) -> Iterable[Row]:
        for step in self._told["steps"]:
            by = self._person(step["by"]) if step["by"] else self._say(_SIDES[step["side"]])
            yield self._instant(step["at"]), self._act(step), by, self._rules(step["rules"])

    def _act(self, step: Values) -> str:
        target = self._say(self._mode.state(step["target"]).label)
        if step["act"] == AUTOMATIC:
            return target
        known = ACT_NAMES.get(step["act"])
        version = step["evidence"].get("version", "")
        what = self._say(known, version=version) if known else step["act"]
        return what if step["source"] == step["target"] else f"{what} → {target}"

    def _rules(self, rules: Sequence[Values]) -> str:
        key = "citation_en" if self._language == "en" else "citation"
        return "\n".join(
            dict.fromkeys(f"{rule['rule']}: {rule[key] or rule['citation']}" for rule in rules)
        )

    def _offers(self) -> Iterable[Row]:
        currency = self._told["deal"]["currency"]
        for offer in self._told["offers"]:
            terms = Terms.load(offer["terms"])
            said = [
                f"{self._say(name)}: {term_value(key, value, currency, self._language)}"
                for key, name in TERM_NAMES.items()
                if (value := getattr(terms, key, None)) not in (None, "", ())
            ]
            if reason := offer["price_reason"]:
                said = [*said, f"{self._say(BELOW)}: {reason}"]
            by = self._say(_SIDES[offer["side"]])
            yield str(offer["version"]), by, self._instant(offer["at"]), "; ".join(said)

    def _notices(self) -> Iterable[Row]:
        for notice in self._told["notices"]:
            period = " – ".join(
                format_date(date.fromisoformat(notice[name]), self._language)
                for name in ("first_day", "last_day")
                if notice[name]
            )
            result = self._say(_RESULTS[notice["result"]]) if notice["result"] else EMPTY
            yield str(notice["days"]), period, result, notice["digest"]

    def _objections(self) -> Iterable[Row]:
        for notice in self._told["notices"]:
            for one in notice["objections"]:
                answer = f"{self._say(_ANSWERS[one['state']])} {one['answer']}".strip()
                yield self._instant(one["at"]), one["name"], one["text"], answer

    def _decision(self) -> Iterable[Row]:
        for step in self._told["decision"]:
            yield (
                step["name"],
                self._say(STATE_NAMES[StepState(step["state"])]),
                self._person(step["decided_by"]),
                self._instant(step["decided_at"]) if step["decided_at"] else EMPTY,
                " ".join(filter(None, (step["number"], step["sha256"]))) or EMPTY,
            )

    def _claims(self) -> Iterable[Row]:
        for claim in self._told["preemption"]:
            yield (
                claim["name"],
                self._say(CLAIM_NAMES[ClaimState(claim["state"])]),
                self._day(claim["served_on"]),
                self._day(claim["ends_on"]),
                " ".join(filter(None, (claim["service"], claim["answer"]))) or EMPTY,
            )

    def _day(self, day: str | None) -> str:
        return format_date(date.fromisoformat(day), self._language) if day else EMPTY

    def _quotes(self) -> Iterable[Row]:
        opened = self._told["round"] or {}
        firms = {one["id"]: one["organisation"] for one in opened.get("registrations", ())}
        named = self._told["organisations"]
        for quote in opened.get("quotes", ()):
            minor = quote.get("minor")
            amount = Money(minor, opened["currency"]) if minor is not None else None
            yield (
                self._instant(quote["at"]),
                named.get(firms.get(quote["registration"]), EMPTY),
                format_money(amount, self._language),
                quote["commitment"],
            )

    def _valuations(self) -> Iterable[Row]:
        """With the names of those who signed a provider's report."""
        for one in self._told["result"]["valuations"]:
            methods = [self._say(METHOD_NAMES[code]) for code in one["methods"]]
            maker = one["provider"] or self._say(N_("the owner itself"))
            days = (date.fromisoformat(one[name]) for name in ("valued_on", "valid_until"))
            yield (
                format_money(Money(one["minor"], one["currency"]), self._language),
                format_list(methods, self._language),
                " · ".join([maker, *one["appraisers"]]),
                " – ".join(format_date(day, self._language) for day in days),
                one["sha256"] or EMPTY,
            )

    def _contracts(self) -> Iterable[Row]:
        for one in self._told["contracts"]:
            state = self._say(_CONTRACT_STATES.get(one["state"], one["state"]))
            when = self._instant(one["signed_at"] or one["frozen_at"] or one["opened_at"])
            yield one["number"], state, when, one["digest"] or EMPTY

    def _copies(self) -> Iterable[Row]:
        for contract in self._told["contracts"]:
            for one in contract["copies"]:
                side, checked = self._say(_SIDES[one["side"]]), self._person(one["checked_by"])
                at = self._instant(one["checked_at"])
                yield side, one["signatory"], checked, at, one["sha256"]

    def _signatures(self) -> Iterable[Row]:
        for contract in self._told["contracts"]:
            for one in contract["signatures"]:
                side, state = self._say(_SIDES[one["side"]]), self._say(_GIVEN[one["state"]])
                at = self._instant(one["signed_at"] or one["at"])
                yield side, one["name"], state, at, one["evidence"] or EMPTY

    def _registrations(self) -> Iterable[Row]:
        """Every step; the number beside the steps that entered the contract in the register."""
        for contract in self._told["contracts"]:
            record = contract["registration"]
            for step in record["steps"] if record else ():
                number = record["number"] if step["act"] == "register" else EMPTY
                what = self._say(REGISTRATION_ACTS[step["act"]])
                by, at = self._person(step["by"]), self._instant(step["at"])
                yield at, what, by, number, step["reason"] or EMPTY

    def _exports(self) -> Iterable[Row]:
        for one in self._told["export"]["stated"]:
            said = self._say(EXPORT_NAMES[one["kind"]])
            yield said, one["basis"] or EMPTY, self._person(one["by"]), self._instant(one["at"])
        for one in self._told["export"]["papers"]:
            said, number = (
                self._say(PAPER_NAMES[one["kind"]]),
                f"{one['number']}, {one['issued_on']}",
            )
            yield said, number, self._person(one["by"]), self._instant(one["at"])

    def _checks(self) -> Iterable[Row]:
        for one in self._told["result"]["title_check"]:
            outcome = self._say(_CHECKED.get(one["outcome"], one["outcome"]))
            item = self._say(_ITEMS.get(one["item"], one["item"]))
            yield item, outcome, self._person(one["by"]), self._instant(one["at"])

    def _contributors(self) -> Iterable[Row]:
        for one in self._told["result"]["contributors"]:
            share = EMPTY if one["share_bp"] is None else f"{one['share_bp'] / 100:g}%"
            yield one["name"], share, self._instant(one["confirmed_at"])

    def _promises(self) -> Iterable[Row]:
        for one in self._told["room"]["promises"]:
            yield one["typed_name"], str(one["version"]), self._instant(one["at"])

    def _files(self) -> Iterable[Row]:
        views = self._told["room"]["views"]
        for file in self._told["room"]["files"]:
            given = "\n".join(
                f"{self._person(view['person'])} {self._instant(view['at'])}"
                for view in views
                if view["file"] == file["id"]
            )
            size = format_size(file["size"], self._language)
            yield f"{file['name']} v{file['file_version']}", size, file["sha256"], given or EMPTY

    def _person(self, id: str | None) -> str:
        return self._told["people"].get(id, EMPTY) if id else EMPTY

    def _instant(self, at: str | None) -> str:
        if at is None:
            return EMPTY
        return format_datetime(datetime.fromisoformat(at), self._language, self._zone)

    def _yes(self, value: bool) -> str:
        return self._say(N_("yes") if value else N_("no"))
