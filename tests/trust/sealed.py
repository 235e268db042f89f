"""What parties of an open listing and of a contract keep to themselves, planted one by one, each
with those who may know of it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from sqlalchemy import select

from accounts.seeding import Registrar
from billing.actions.claim_payment import Proof, claim_payment
from billing.actions.confirm_payment import confirm_payment
from billing.models import Deposit, Obligation, Payment
from billing.rules import Claim
from bootstrap import Runtime
from contracts.models import Contract
from core.actor import Actor
from deals.rounds.actions.give_key import give_key
from deals.rounds.actions.leave_key import leave_key
from deals.rounds.actions.leave_quote import leave_quote
from deals.rounds.actions.qualify_party import qualify_party
from deals.rounds.models import Quote, Registration, Round
from deals.rounds.sealing import Place, Secret, public_of, seal
from listings.actions.file_valuation import file_valuation
from listings.actions.state_export import state_export
from listings.valuing import Valued
from tests.trust.secrets import PARTY
from tests.trust.world import FIRM, FOREIGN, OWN, actor_of, demo, member

CREDITOR: Final = "Yuezhou Agricultural College"
DEBTOR: Final = "Jihe Farm Services Co., Ltd."
KEYS: Final = {"office": "31" * 32, "second": "42" * 32}
AMOUNTS: Final = {"party": 345_678_900, "again": 456_789_100, "rival": 987_654_300}
"""In fen: each is above the list price of the sample's round, and occurs nowhere else."""
NONCES: Final = {name: f"{n:02x}" * 32 for n, name in enumerate(AMOUNTS, 0xA1)}
APPRAISER: Final = "zqx评估有限公司"
BASIS: Final = "目录第zqxexport项"
VALUED: Final = 876_543_200
OVERSEERS: Final = frozenset({"operator", "auditor"})
HOUSE: Final = frozenset({"office", "second officer"})
SELLERS: Final = frozenset({"creditor", "second creditor"})


@dataclass(frozen=True)
class Secretly:
    """One act, and who may see that it happened."""

    named: str
    act: Callable[[], None]
    known_to: frozenset[str]


@dataclass
class Sealed:
    """The sample's open listing with a party, a rival and both keys; and a price that is owed."""

    market: Runtime
    round: str = ""
    listing: str = ""
    party: str = ""
    """The registration of the party, and of its rival."""
    rival: str = ""
    debt: str = ""
    deal: str = ""

    def __post_init__(self) -> None:
        office, rival = demo(self.market, "tto_officer"), demo(self.market, "firm_admin")
        second = member(self.market, OWN, "tto_officer", office)
        creditor = member(self.market, CREDITOR, "tto_officer")
        debtor = member(self.market, DEBTOR, "firm_admin")
        self.people: dict[str, Actor] = {
            "office": office,
            "second officer": second,
            "researcher": demo(self.market, "researcher"),
            "party": member(self.market, PARTY, "firm_admin"),
            "rival": rival,
            "rival's colleague": demo(self.market, "firm_member"),
            "debtor": debtor,
            "creditor": creditor,
            "second creditor": member(self.market, CREDITOR, "tto_officer", creditor),
            "other institute": member(self.market, FOREIGN, "tto_officer"),
            "other firm": member(self.market, FIRM, "firm_admin"),
            **{role: demo(self.market, role)
               for role in ("broker", "provider_admin", "expert", "operator", "auditor")},
        }  # fmt: skip
        for name in ("party", "debtor"):
            self.people[f"{name}'s stranger"] = self._stranger(name)
        with self.market.database.read() as session:
            row = session.scalars(select(Round)).one()
            self.round, self.listing = row.id, row.listing
            by = {one.organisation: one.id for one in session.scalars(select(Registration))}
            owes = Obligation.payer_org == debtor.seats[0].organisation
            debt = session.scalars(select(Obligation).where(owes, Obligation.paid == 0)).one()
            self.debt = debt.id
            contract = session.get_one(Contract, debt.about.partition(":")[2])
            self.deal = contract.deal
        self.party = by[self.people["party"].seats[0].organisation]
        self.rival = by[rival.seats[0].organisation]
        for slot, keeper in (("office", "office"), ("second", "operator")):
            self.run(keeper, leave_key, self.round, slot, public_of(KEYS[slot]))

    def _stranger(self, name: str) -> Actor:
        """Somebody of the firm who neither buys nor pays."""
        registrar, admin = Registrar(self.market.executor), self.people[name]
        mail = f"{name}.stranger@firm.example"
        person = registrar.person(mail, "同事", "seven-lanterns-9-boats")
        org = admin.seats[0].organisation
        registrar.member(org, admin.person or "", person, mail, ["expert"])
        return actor_of(self.market, person)

    def run(self, who: str, action: Callable[..., object], *args: object) -> object:
        return self.market.executor.run(self.people[who], action, *args)

    def acts(self) -> list[Secretly]:
        """In an order in which each is possible."""
        own, theirs = frozenset({"party"}), frozenset({"rival", "rival's colleague"})
        deposit, other = HOUSE | OVERSEERS | own, HOUSE | OVERSEERS | theirs
        debt = SELLERS | OVERSEERS | {"debtor"}
        return [
            Secretly("a deposit is held", partial(self._deposits, "party"), deposit),
            Secretly("a rival is qualified and deposits", self._enters, other),
            Secretly("a quote", partial(self._quote, "party", "party"), own),
            Secretly("the rival's quote", partial(self._quote, "rival", "rival"), theirs),
            Secretly("another amount", partial(self._quote, "party", "again"), own),
            Secretly("a valuation and an export class", self._value, HOUSE | OVERSEERS),
            Secretly("a debt is half paid", self._pays_half, debt),
        ]

    def _deposit(self, who: str) -> Obligation:
        of = f"organisation:{self.people[who].seats[0].organisation}"
        with self.market.database.read() as session:
            about = Deposit.about == f"round:{self.round}"
            id = session.scalars(select(Deposit.obligation).where(about, Deposit.payer == of)).one()
            return session.get_one(Obligation, id)

    def _deposits(self, who: str) -> None:
        row = self._deposit(who)
        self._send(who, row.id, row.amount)
        self._seen_by_two(row.id, *sorted(HOUSE))

    def _enters(self) -> None:
        self.run("office", qualify_party, self.rival)
        self._deposits("rival")

    def _send(self, who: str, obligation: str, minor: int) -> None:
        stored = self.market.files.put(io.BytesIO(f"%PDF-1.7 {who}".encode()), limit=100)
        told = Claim(minor, date(2026, 11, 23), "付款户名", "某银行", "6222 0000")
        proof = Proof(stored.sha256, "proof.pdf", "application/pdf")
        self.run(who, claim_payment, obligation, told, proof)

    def _seen_by_two(self, obligation: str, *two: str) -> None:
        with self.market.database.read() as session:
            sent = Payment.obligation == obligation, Payment.state == "claimed"
            row = session.scalars(select(Payment).where(*sent)).one()
            payment, minor = row.id, row.amount
        for who in two:
            self.run(who, confirm_payment, obligation, payment, minor)

    def _quote(self, who: str, which: str) -> None:
        registration = self.party if who == "party" else self.rival
        place = Place(self.round, registration)
        keys = (public_of(KEYS[slot]) for slot in ("office", "second"))
        sealed = seal(Secret(AMOUNTS[which], NONCES[which]), place, *keys)
        self.run(who, leave_quote, registration, *sealed)

    def _value(self) -> None:
        scan = self.market.files.put(io.BytesIO(b"%PDF-1.7 valued"), limit=100)
        valued = Valued(
            ("income_approach", "market_approach"), VALUED, "CNY", date(2026, 1, 5),
            date(2099, 1, 5), "", APPRAISER, "评1", ("甲", "乙"),
            (scan.sha256, "r.pdf", scan.size),
        )  # fmt: skip
        self.run("office", file_valuation, self.listing, valued)
        self.run("office", state_export, self.listing, "restricted", BASIS)

    def _pays_half(self) -> None:
        with self.market.database.read() as session:
            half = session.get_one(Obligation, self.debt).amount // 2
        self._send("debtor", self.debt, half)
        self._seen_by_two(self.debt, *sorted(SELLERS))

    def commitments(self) -> list[str]:
        with self.market.database.read() as session:
            return list(session.scalars(select(Quote.commitment)))

    def open(self, clock: object) -> None:
        """The period, the days of quotes, and both keys: what was sealed is public now."""
        for _ in range(4):
            with self.market.database.read() as session:
                row = session.get_one(Round, self.round)
                if row.state == "opening":
                    break
                clock.set(row.due_at)  # type: ignore[attr-defined]
            self.market.executor.settle(f"round:{self.round}")
        for slot, keeper in (("office", "office"), ("second", "operator")):
            self.run(keeper, give_key, self.round, KEYS[slot])
        self.market.worker.run_until_idle()
