"""A machine that does anything in any order, on real databases: open listings and talks about the
same result. It finds no contract without what the law and the announcement ask for before it."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from billing.actions.claim_payment import claim_payment
from billing.actions.confirm_payment import confirm_payment
from billing.actions.decide_forfeit import decide_forfeit
from billing.actions.propose_forfeit import propose_forfeit
from billing.models import Deposit, Obligation
from billing.rules import Claim
from billing.verifying import verify
from core.actor import SYSTEM
from deals.actions.accept_offer import accept_offer
from deals.actions.answer_objection import answer_objection
from deals.actions.conclude_deal import conclude_deal
from deals.actions.make_offer import make_offer
from deals.actions.object_to_notice import object_to_notice
from deals.actions.open_deal import open_deal
from deals.actions.send_inquiry import send_inquiry
from deals.actions.show_posting import show_posting
from deals.actions.walk_away import walk_away
from deals.deciding.actions.decide_step import decide_step
from deals.models import Deal, DealStep
from deals.modes import MODES
from deals.preemption.actions.waive_claim import waive_claim
from deals.rounds.actions.announce_round import announce_round
from deals.rounds.actions.free_deposit import free_deposit
from deals.rounds.actions.give_key import give_key
from deals.rounds.actions.leave_key import leave_key
from deals.rounds.actions.leave_quote import leave_quote
from deals.rounds.actions.leave_round import leave_round
from deals.rounds.actions.qualify_party import qualify_party
from deals.rounds.actions.register_interest import register_interest
from deals.rounds.actions.reject_party import reject_party
from deals.rounds.actions.withdraw_round import withdraw_round
from deals.rounds.models import Quote, Registration, Round, RoundKey
from deals.rounds.sealing import Place, Secret, public_of, seal
from deals.rounds.states import RUNNING
from tests.billing.conftest import PROOF
from tests.deals.conftest import LISTING, terms
from tests.deals.in_any_order import PICK, WHO, InAnyOrder
from tests.deals.rounds.conftest import FLOOR, KEYS, NONCE, announced, suspend

HOWS = ("listed", "quoting", "sold", "talks", "blocked", "agreed", "left", "disputed")
"""How far an example has come before chance goes on."""
DEPOSIT = FLOOR // 10
ARRIVED = {"held", "returning", "returned", "applied", "forfeit_proposed", "forfeited"}
DISPUTED = {"forfeit_proposed", "forfeited"}
FIRMS = {"buyer": "firm", "stranger": "rival"}


class Market(InAnyOrder):
    objection = "挂牌价格明显低于评估结果。"

    @initialize(
        way=st.sampled_from(["exclusive", "assignment"]),
        deposit=st.sampled_from([0, DEPOSIT]),
        decides=st.booleans(),
        days=st.sampled_from([10, 30]),
        how=st.sampled_from(HOWS),
    )
    def begin(self, way, deposit, decides, days, how):
        self.open(decides=decides)
        self.way, self.deposit, self.days = way, deposit, days
        if how in {"talks", "blocked", "agreed", "left"}:
            self.talks_and_agrees()
        else:
            self.announces("officer")
        if how in {"quoting", "sold"}:
            self.leaves_both_keys(0)
            for who in FIRMS:
                self.takes_part(who, 0)
                self.quotes(0, who, 1)
        if how == "blocked":
            self.objects(0, "匿名人")
        if how == "left":
            self.walks_away(0, "buyer")
        if how == "disputed":
            self.is_disputed()
        if how in {"sold", "agreed"}:
            for _ in range(3):
                self.goes_on(0)
            assert self.done["conclude_deal"], "nothing stood against it"

    def is_disputed(self):
        """The only party wins, its forfeiture is proposed, the deal ends, the proposal is
        dropped."""
        self.takes_part("buyer", 0)
        self.proposes_forfeit(0, "officer")
        self.decides_forfeit(0, "operator", forfeit=False)
        self.wait_for_what_is_next(0)
        self.proposes_forfeit(0, "officer")
        self.walks_away(0, "buyer")
        self.decides_forfeit(0, "operator", forfeit=False)

    @rule(who=st.sampled_from(["officer", "stranger"]))
    def announces(self, who):
        said = announced(self.days, way=self.way, deposit=self.deposit)
        self.act(who, announce_round, LISTING, said)

    @rule(pick=PICK, who=st.sampled_from(["buyer", "stranger", "officer"]))
    def registers(self, pick, who):
        firm = FIRMS.get(who, "institute")
        self.act(who, register_interest, self.one(Round, pick), firm, confirmed=True)

    @rule(pick=PICK, who=WHO)
    def qualifies(self, pick, who):
        self.act(who, qualify_party, self.one(Registration, pick))

    @rule(who=st.sampled_from(["buyer", "stranger"]), pick=PICK)
    def takes_part(self, who, pick):
        """The plain way, whole: registered, qualified, and the deposit seen by two."""
        made = self.act(who, register_interest, self.one(Round, pick), FIRMS[who], confirmed=True)
        self.act("officer", qualify_party, made)
        self.pays(who, 0)

    @rule(pick=PICK, who=WHO)
    def rejects(self, pick, who):
        self.act(who, reject_party, self.one(Registration, pick), "conditions", "不符合")

    @rule(pick=PICK, who=WHO)
    def leaves_the_round(self, pick, who):
        self.act(who, leave_round, self.one(Registration, pick))

    @rule(who=st.sampled_from(["buyer", "stranger"]), short=st.sampled_from([0, 0, 0, 1]))
    def pays(self, who, short):
        """Every deposit that is asked of the firm and not yet here; `short` of it, in fen."""
        for row in self.all(Obligation, Obligation.payer_org == FIRMS[who], Obligation.paid == 0):
            minor = row.amount - short
            told = Claim(minor, date(2026, 11, 23), "付款户名", "某银行", "6222 1111")
            payment = self.act(who, claim_payment, row.id, told, PROOF)
            for one in ("officer", "second"):
                self.act(one, confirm_payment, row.id, payment, minor)

    @rule(pick=PICK, who=WHO)
    def proposes_forfeit(self, pick, who):
        self.act(who, propose_forfeit, self.deposit_of(pick), "成交后拒绝签约。", "公告第七条")

    @rule(pick=PICK, who=WHO, forfeit=st.sampled_from([False, False, True]))
    def decides_forfeit(self, pick, who, forfeit):
        """What is heard of a dropped one is done at once, as the worker does it."""
        deposit = self.deposit_of(pick)
        if self.act(who, decide_forfeit, deposit, "已查明", forfeit=forfeit):
            self.stage.executor.run(SYSTEM, free_deposit, deposit)

    def deposit_of(self, pick: int) -> str:
        return self.one(Obligation, pick, Obligation.kind == "deposit")

    @rule(pick=PICK, who=WHO, slot=st.sampled_from(sorted(KEYS)))
    def leaves_a_key(self, pick, who, slot):
        self.act(who, leave_key, self.one(Round, pick), slot, public_of(KEYS[slot]))

    @rule(pick=PICK)
    def leaves_both_keys(self, pick):
        for slot, who in (("office", "officer"), ("second", "operator")):
            self.leaves_a_key(pick, who, slot)

    @rule(pick=PICK, who=st.sampled_from(["buyer", "stranger"]), more=st.integers(-1, 3))
    def quotes(self, pick, who, more):
        office, second = (public_of(KEYS[slot]) for slot in ("office", "second"))
        for row in self.known(Registration, Registration.organisation == FIRMS[who])[pick:][:1]:
            place = Place(row.round, row.id)
            self.act(
                who, leave_quote, row.id, *seal(Secret(FLOOR + more, NONCE), place, office, second)
            )

    @rule(pick=PICK, who=WHO, slot=st.sampled_from(sorted(KEYS)))
    def gives_a_key(self, pick, who, slot):
        self.act(who, give_key, self.one(Round, pick), KEYS[slot])

    @rule(pick=PICK)
    def opens(self, pick):
        for slot, who in (("office", "officer"), ("second", "operator")):
            self.gives_a_key(pick, who, slot)

    @rule(pick=PICK, who=WHO)
    def withdraws(self, pick, who):
        self.act(who, withdraw_round, self.one(Round, pick))

    @rule()
    def talks_and_agrees(self):
        """A deal of the other mode about the same way: a price is agreed at once."""
        self.clock.move(timedelta(minutes=61))
        asked = self.act("buyer", send_inquiry, self.stage.question(way=self.way), "somewhere")
        deal = self.act("officer", open_deal, asked)
        nothing = {"entry_fee": None, "royalty": None, "royalty_base": "", "valid_until": None}
        price = terms(way=self.way, lump_sum=FLOOR, **nothing)
        version = self.act("officer", make_offer, deal, price)
        self.act("buyer", accept_offer, deal, int(version or 0))

    @rule(pick=PICK, who=WHO)
    def concludes(self, pick, who):
        """What the second confirmed copy of a contract does, tried at any moment."""
        deal = self.one(Deal, pick)
        self.act(who, conclude_deal, deal, contract="c" * 32, digest="d" * 64)

    @rule(pick=PICK)
    def goes_on(self, pick):
        """The plain way, whole: what is asked is decided, time passes, the contract is tried."""
        self.everybody_decides()
        self.everybody_waives()
        self.office_shows()
        self.wait_for_what_is_next(0)
        self.opens(pick)
        self.concludes(pick, "officer")

    @rule(hours=st.sampled_from([1, 30, 24 * 8]))
    def wait(self, hours):
        self.clock.move(timedelta(hours=hours))

    @rule(early=st.sampled_from([0, 0, 1]))
    def wait_for_what_is_next(self, early):
        """To the next deadline of anything, or a microsecond before it."""
        rows = [*self.all(Round), *self.all(Deal)]
        due = [row.due_at for row in rows if row.due_at and row.due_at > self.clock.now]
        if due:
            self.clock.set(min(due) - timedelta(microseconds=early))
        for row in rows:
            self.settle(row.stream)

    @invariant()
    def a_sealed_amount_waits_for_two_keys(self):
        for row in self.all(Round):
            keys = self.all(RoundKey, RoundKey.round == row.id, by="slot")
            given = [key for key in keys if key.private_key]
            assert len({key.person for key in keys}) == len(keys)
            for quote in self.all(Quote, Quote.round == row.id, by="n"):
                assert quote.minor is None or len(given) == 2
                assert quote.at < (row.quotes_until or row.ends_at) or row.state == "disclosed"

    @invariant()
    def an_award_has_its_time_its_party_and_its_deposit(self):
        for row in self.all(Round, Round.state == "awarded"):
            deal = self.all(Deal, Deal.id == row.deal)[0]
            winner = self.all(Registration, Registration.round == row.id,
                              Registration.organisation == deal.buyer_org)[0]  # fmt: skip
            assert winner.state == "active"
            assert winner.decided_by in {"officer", "second"}
            assert row.ended_at >= row.ends_at
            assert deal.opened_at == row.ended_at
            assert row.price_minor >= row.floor_minor
            if row.deposit_minor:
                deposits = self.all(Deposit, Deposit.about == row.stream, by="obligation")
                states = {one.payer: one.state for one in deposits}
                assert states.pop(f"organisation:{winner.organisation}") in ARRIVED
                assert set(states.values()) <= {"returning", "returned", "cancelled", *DISPUTED}

    @invariant()
    def no_deposit_is_held_about_what_has_ended(self):
        """With a contract it pays a part of the price, which is not this machine's."""
        for row in self.all(Round, Round.state.not_in(sorted(RUNNING))):
            held = self.all(Deposit, Deposit.about == row.stream, Deposit.state == "held",
                            by="obligation")  # fmt: skip
            for deposit in held:
                assert row.state == "awarded"
                deal = self.all(Deal, Deal.id == row.deal)[0]
                assert deposit.payer == f"organisation:{deal.buyer_org}"
                assert not MODES[deal.mode].state(deal.state).final

    @invariant()
    def a_contract_has_all_that_comes_before_it(self):
        concluded = DealStep.act == "conclude"
        for step in self.all(DealStep, concluded, by="n"):
            deal = self.all(Deal, Deal.id == step.deal)[0]
            if deal.mode == "open_listing":  # its disclosure was public, whole
                assert len(self.all(Round, Round.deal == deal.id)) == 1
            else:
                self.was_public(deal, step.at)
            self.was_decided_and_waived(deal, step.at, self.way)

    @invariant()
    def one_contract_at_most_holds_the_way(self):
        steps = self.all(DealStep, DealStep.act == "conclude", by="n")
        assert len({step.deal for step in steps}) == len(steps)

    @invariant()
    def the_ledger_balances(self):
        with self.stage.executor.database.read() as session:
            assert verify(session).faults == []

    @rule(firm=st.sampled_from(["institute", "firm", "rival"]))
    def is_suspended(self, firm):
        self.act("market", suspend, firm)

    def teardown(self):
        if hasattr(self, "stage"):
            self.time_alone_frees_every_deposit()
        TRIED.update(getattr(self, "done", {}))

    def time_alone_frees_every_deposit(self):
        """Wherever chance has left it: nobody of the two sides acts any more, and the market's
        operators decide what is disputed."""
        for _ in range(7):
            self.clock.move(timedelta(days=120))
            for row in [*self.all(Round), *self.all(Deal)]:
                self.settle(row.stream)
        disputed = self.all(Deposit, Deposit.state == "forfeit_proposed", by="obligation")
        for row in disputed:
            self.stage.executor.run(
                self.stage.operator, decide_forfeit, row.obligation, "已查明", forfeit=False
            )
            self.stage.executor.run(SYSTEM, free_deposit, row.obligation)
        left = {row.state for row in self.all(Deposit, by="obligation")}
        assert left <= GONE


GONE = {"returning", "returned", "applied", "forfeited", "cancelled"}
TRIED: Counter[str] = Counter()
"""How often each act went through, over all examples."""
NEVER_MISSED = {
    announce_round, register_interest, qualify_party, leave_key, leave_quote, give_key,
    claim_payment, confirm_payment, open_deal, accept_offer, object_to_notice, answer_objection,
    decide_step, waive_claim, walk_away, conclude_deal, show_posting, propose_forfeit,
    decide_forfeit,
}  # fmt: skip


def plainly(how):
    """Each beginning once, with an answer where somebody objected: what chance may miss."""
    market = Market()
    market.begin(way="exclusive", deposit=DEPOSIT, decides=True, days=10, how=how)
    if how == "blocked":
        market.answers(0, "officer", "dismissed")
    market.teardown()


EXAMPLES = {"sqlite": 30, "postgresql": 8}


def test_a_market_in_any_order(runtime, clock):
    Market.market = runtime, clock
    TRIED.clear()
    for how in HOWS:
        plainly(how)
    kind = "sqlite" if runtime.database.sqlite else "postgresql"
    as_ever = settings(
        max_examples=EXAMPLES[kind], stateful_step_count=30, derandomize=True, database=None
    )
    run_state_machine_as_test(Market, settings=as_ever)
    if kind == "sqlite":
        assert {act.__name__ for act in NEVER_MISSED} - set(TRIED) == set()
