"""A machine that does anything with money in any order, on real databases: the ledger balances,
nothing is paid twice, and a deposit ends in one way."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from billing.actions.apply_deposit import apply_deposit
from billing.actions.cancel_obligation import cancel_obligation
from billing.actions.carry_out_payout import carry_out_payout
from billing.actions.claim_payment import claim_payment
from billing.actions.confirm_payment import confirm_payment
from billing.actions.decide_forfeit import decide_forfeit
from billing.actions.object_to_forfeit import object_to_forfeit
from billing.actions.order_payout import order_payout
from billing.actions.propose_forfeit import propose_forfeit
from billing.actions.refuse_payment import refuse_payment
from billing.actions.release_deposit import release_deposit
from billing.actions.reverse_payment import reverse_payment
from billing.models import Deposit, Journal, LedgerLine, Obligation, Payment, Payout
from billing.rules import Claim
from billing.states import ENDED
from billing.verifying import verify
from core.actor import SYSTEM
from core.errors import Refused
from core.models import Base
from tests import databases
from tests.billing.conftest import PROOF, Till, planted
from tests.conftest import START

WHO = st.sampled_from(["officer", "second", "buyer", "stranger", "operator", "teller"])
PICK = st.integers(0, 9)
SELLER = st.booleans()
"""Whose account receives: the seller's, or else the operator's, in custody."""
OWED = 100_000
AMOUNT = st.sampled_from([OWED, OWED, 40_000, 60_000, 130_000])
ENDINGS = {"deposit_released", "deposit_applied", "deposit_forfeited"}


class Money(RuleBasedStateMachine):
    """Prices and deposits of one firm, in custody and in the seller's hand. Single acts by anybody
    are mostly refused; the plain ways, each about something new, must go through."""

    market = None

    def __init__(self) -> None:
        super().__init__()
        runtime, self.clock = self.market
        databases.empty(runtime.database, Base.metadata)
        self.clock.set(START)
        self.till: Till = planted(runtime.executor)
        self.accounts = [self.till.account(), self.till.account("seller")]
        self.owed: list[str] = []
        self.prices: list[str] = []
        self.deposits: list[str] = []
        self.ended: dict[str, str] = {}
        self.done: Counter[str] = Counter()
        for seller in (False, True):
            self.price(seller)
            self.deposit(seller)

    def price(self, seller: bool) -> str:
        """One more is owed, so that something is left to try when all else is over."""
        return self._keep(self.prices, self.till.owe(**self._new(seller)))

    def deposit(self, seller: bool) -> str:
        return self._keep(self.deposits, self.till.deposit(**self._new(seller)))

    def _new(self, seller: bool) -> dict[str, object]:
        due = self.clock.now.date() + timedelta(days=20)
        about = f"deal:{len(self.owed):032x}"
        return {"account": self.accounts[seller], "about": about, "due_on": due}

    def _keep(self, kind: list[str], made: str) -> str:
        self.owed.append(made)
        kind.append(made)
        return made

    def held(self, seller: bool) -> str:
        """A deposit that has arrived."""
        made = self.deposit(seller)
        self.paid(made)
        return made

    def paid(self, obligation: str) -> str:
        """The plain way: claimed, and seen by two."""
        payment = self.claimed(obligation)
        for who in ("operator", "teller"):
            self.must(who, confirm_payment, obligation, payment, OWED)
        return payment

    def claimed(self, obligation: str) -> str:
        self.must("buyer", claim_payment, obligation, self.told(OWED), PROOF)
        (made,) = self.all(Payment, Payment.obligation == obligation)
        return made.id

    def told(self, minor: int) -> Claim:
        return Claim(minor, self.clock.now.date(), "澄岚", "某银行", "6222 1111")

    def must(self, who, action, *args, **more) -> None:
        """What nothing stands against goes through."""
        actor = SYSTEM if who is None else getattr(self.till, who)
        self.till.run(actor, action, *args, **more)
        self.done[action.__name__] += 1

    def act(self, who, action, *args, **more) -> None:
        """Anybody tries anything; what is refused has changed nothing."""
        with suppress(Refused):
            self.must(who, action, *args, **more)

    def all(self, model, *where) -> list:
        with self.till.executor.database.read() as session:
            return list(session.scalars(select(model).where(*where)))

    def some(self, pick: int) -> str:
        return self.owed[-1 - pick % len(self.owed)]

    def some_deposit(self, pick: int) -> str:
        return self.deposits[-1 - pick % len(self.deposits)]

    def one(self, model, obligation: str, pick: int) -> str:
        """By what the rows say: their names are chance, and each run is to be like the last."""
        rows = sorted(self.all(model, model.obligation == obligation), key=story)
        return rows[pick % len(rows)].id if rows else "0" * 32

    @rule(who=WHO, of=PICK, minor=AMOUNT)
    def claims(self, who, of, minor):
        self.act(who, claim_payment, self.some(of), self.told(minor), PROOF)

    @rule(who=WHO, of=PICK, pick=PICK, minor=AMOUNT)
    def confirms(self, who, of, pick, minor):
        obligation = self.some(of)
        self.act(who, confirm_payment, obligation, self.one(Payment, obligation, pick), minor)

    @rule(of=PICK, minor=AMOUNT)
    def arrives(self, of, minor):
        """Too little, too much or just what is owed, of anything: claimed, and seen by two."""
        obligation = self.some(of)
        known = {row.id for row in self.all(Payment)}
        self.act("buyer", claim_payment, obligation, self.told(minor), PROOF)
        for made in {row.id for row in self.all(Payment)} - known:
            for who in ("operator", "teller"):
                self.act(who, confirm_payment, obligation, made, minor)

    @rule(who=WHO, of=PICK, pick=PICK)
    def refuses(self, who, of, pick):
        obligation = self.some(of)
        self.act(who, refuse_payment, obligation, self.one(Payment, obligation, pick), "没有到账")

    @rule(who=WHO, of=PICK, pick=PICK)
    def reverses(self, who, of, pick):
        obligation = self.some(of)
        self.act(who, reverse_payment, obligation, self.one(Payment, obligation, pick), "退票")

    @rule(who=WHO, of=PICK)
    def cancels(self, who, of):
        self.act(who, cancel_obligation, self.some(of))

    @rule(who=WHO, of=PICK, pick=PICK)
    def orders(self, who, of, pick):
        obligation = self.some(of)
        self.act(who, order_payout, obligation, self.one(Payout, obligation, pick))

    @rule(who=WHO, of=PICK, pick=PICK)
    def carries_out(self, who, of, pick):
        obligation = self.some(of)
        self.act(who, carry_out_payout, obligation, self.one(Payout, obligation, pick), "B1")

    @rule(of=PICK)
    def releases(self, of):
        self.act(None, release_deposit, self.some_deposit(of))

    @rule(of=PICK, price=PICK)
    def applies(self, of, price):
        to = self.prices[-1 - price % len(self.prices)]
        self.act(None, apply_deposit, self.some_deposit(of), to)

    @rule(who=WHO, of=PICK)
    def proposes_forfeit(self, who, of):
        self.act(who, propose_forfeit, self.some_deposit(of), "成交后不签合同", "公告第七条")

    @rule(who=WHO, of=PICK)
    def objects(self, who, of):
        self.act(who, object_to_forfeit, self.some_deposit(of), "不可抗力")

    @rule(who=WHO, of=PICK, forfeit=st.booleans())
    def decides_forfeit(self, who, of, forfeit):
        self.act(who, decide_forfeit, self.some_deposit(of), "按公告", forfeit=forfeit)

    @rule(seller=SELLER)
    def plainly_pays(self, seller):
        self.paid(self.price(seller))

    @rule(seller=SELLER)
    def plainly_is_refused(self, seller):
        price = self.price(seller)
        self.must("operator", refuse_payment, price, self.claimed(price), "没有到账")

    @rule(seller=SELLER)
    def plainly_takes_back(self, seller):
        """Asked for by one operator, done by another."""
        deposit = self.deposit(seller)
        payment = self.paid(deposit)
        for who in ("operator", "teller"):
            self.must(who, reverse_payment, deposit, payment, "退票")
        assert self.till.deposit_row(deposit).state == "pending"

    @rule(seller=SELLER)
    def plainly_cancels(self, seller):
        self.must("officer", cancel_obligation, self.price(seller))

    @rule(seller=SELLER)
    def plainly_returns(self, seller):
        deposit = self.held(seller)
        self.must(None, release_deposit, deposit)
        (payout,) = self.all(Payout, Payout.obligation == deposit)
        self.must("operator", order_payout, deposit, payout.id)
        self.must("teller", carry_out_payout, deposit, payout.id, "B1")
        assert self.till.deposit_row(deposit).state == "returned"

    @rule(seller=SELLER)
    def plainly_spends(self, seller):
        """A deposit pays the price beside it."""
        self.must(None, apply_deposit, self.held(seller), self.price(seller))

    @rule(seller=SELLER, forfeit=st.booleans())
    def plainly_forfeits(self, seller, forfeit):
        """Proposed and objected to; the payer's days over, decided by another."""
        deposit = self.held(seller)
        self.must("officer", propose_forfeit, deposit, "成交后不签合同", "公告第七条")
        self.must("buyer", object_to_forfeit, deposit, "不可抗力")
        self.clock.move(timedelta(days=30))
        self.must("operator", decide_forfeit, deposit, "按公告", forfeit=forfeit)
        assert self.till.deposit_row(deposit).state == ("forfeited" if forfeit else "held")

    @rule(days=st.sampled_from([1, 10, 30]))
    def wait(self, days):
        self.clock.move(timedelta(days=days))

    @invariant()
    def the_ledger_balances(self):
        with self.till.executor.database.read() as session:
            assert verify(session).faults == []

    @invariant()
    def nothing_is_paid_twice(self):
        """Of each obligation: never more out than in, and no payout before two people's act."""
        came, left = Counter(), Counter()
        for row in self.all(Payment, Payment.state == "confirmed"):
            assert len({row.claimed_by, row.seen_by, row.confirmed_by}) == 3
            came[row.obligation] += row.seen_amount
        for row in self.all(Payout, Payout.state == "paid"):
            assert row.ordered_by != row.paid_by
            left[row.obligation] += row.amount
        applied = Counter(row.applied_to for row in self.all(Deposit))
        for row in self.all(Obligation):
            assert left[row.id] <= came[row.id] + OWED * applied[row.id]
            assert 0 <= row.paid <= row.amount

    @invariant()
    def a_deposit_ends_in_one_way(self):
        ends = Counter()
        for row in self.all(Journal, Journal.event.in_(ENDINGS)):
            ends[row.cause] += row.event != "deposit_released" or not self._applied(row.cause)
        assert all(number == 1 for number in ends.values())
        for row in self.all(Deposit):
            if row.obligation in self.ended:
                assert row.state == self.ended[row.obligation]
            elif row.state in ENDED:
                self.ended[row.obligation] = row.state
            if row.state == "forfeited":
                assert row.proposed_by != row.decided_by
                assert row.appeal_until <= row.decided_at
        lines = self.all(LedgerLine, LedgerLine.account == "deposits_held")
        states = {"asked", "pending", "held", "forfeit_proposed"}
        live = [row.obligation for row in self.all(Deposit, Deposit.state.in_(states))]
        held = sum(-line.minor for line in lines)
        assert held == sum(row.paid for row in self.all(Obligation, Obligation.id.in_(live)))

    def _applied(self, deposit: str) -> bool:
        """What was left over of an applied deposit goes back: one ending, two journals."""
        return any(row.applied_to for row in self.all(Deposit, Deposit.obligation == deposit))

    def teardown(self):
        TRIED.update(self.done)


def story(row: Payment | Payout) -> str:
    said = {"amount", "state", "kind", "claimed_at", "made_at", "seen_by", "ordered_by"}
    return repr([getattr(row, name, None) for name in sorted(said)])


TRIED: Counter[str] = Counter()
"""How often each act went through, over all examples."""
ACTS = {
    claim_payment, confirm_payment, refuse_payment, reverse_payment, cancel_obligation,
    order_payout, carry_out_payout, release_deposit, apply_deposit, propose_forfeit,
    object_to_forfeit, decide_forfeit,
}  # fmt: skip
EXAMPLES = {"sqlite": 25, "postgresql": 8}


def test_money_in_any_order(runtime, clock):
    Money.market = runtime, clock
    TRIED.clear()
    kind = "sqlite" if runtime.database.sqlite else "postgresql"
    as_ever = settings(
        max_examples=EXAMPLES[kind], stateful_step_count=40, derandomize=True, database=None
    )
    run_state_machine_as_test(Money, settings=as_ever)
    assert {act.__name__ for act in ACTS} - set(TRIED) == set()
