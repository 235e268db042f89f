"""A machine that does anything in any order with trials, on real databases. It finds none taken up
at another price than was agreed, none that lapses once it is taken up, and no step of the law
skipped on the way to either contract."""

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

from core.times import end_of_day
from deals.actions.accept_offer import accept_offer
from deals.actions.answer_objection import answer_objection
from deals.actions.begin_trial import begin_trial
from deals.actions.conclude_deal import conclude_deal
from deals.actions.make_offer import make_offer
from deals.actions.object_to_notice import object_to_notice
from deals.actions.open_deal import open_deal
from deals.actions.send_inquiry import send_inquiry
from deals.actions.settle_deal import settle_deal
from deals.actions.show_posting import show_posting
from deals.actions.walk_away import walk_away
from deals.deciding.actions.decide_step import decide_step
from deals.models import AssetClaim, Deal, DealStep, Offer
from deals.modes.trial_conversion import TRIAL_CONVERSION
from deals.offers import Terms, taken_up
from deals.preemption.actions.serve_notice import serve_notice
from deals.preemption.actions.waive_claim import waive_claim
from deals.preemption.models import Preemption
from tests.deals.conftest import terms
from tests.deals.in_any_order import PICK, WHO, ZONE, InAnyOrder
from tests.deals.preemption.conftest import paper

HOWS = ("talks", "blocked", "left", "runs", "ending", "taken", "given_up", "lapsed", "sold")
"""How far an example has come before chance goes on."""
ENDS = date(2027, 6, 30)
PRICE = 30_000_000
TRIAL = {"way": "trial_licence", "entry_fee": None, "royalty": None, "royalty_base": "",
         "until": ENDS, "conversion_price": PRICE, "metrics": "三个月内良率不低于百分之九十五。",
         "valid_until": None}  # fmt: skip
SPOILT = ({}, {}, {"conversion_price": PRICE + 1}, {"converts_to": ""}, {"metrics": " "},
          {"converts_to": "exclusive"}, {"conversion_price": None}, {"until": None})  # fmt: skip
MODE = TRIAL_CONVERSION.code
RUNNING, ENDED = {"trial", "ending"}, {"lapsed", "withdrawn", "refused"}


class Trials(InAnyOrder):
    objection = "转正式的价格明显低于评估结果。"

    @initialize(
        converts=st.sampled_from(["ordinary", "assignment"]),
        decides=st.booleans(),
        how=st.sampled_from(HOWS),
    )
    def begin(self, converts, decides, how):
        self.open(decides=decides)
        self.converts = converts
        self.talks({})
        self.agrees(0)
        if how == "blocked":
            self.objects(0, "匿名人")
            self.answers(0, "officer", "dismissed")
        if how == "left":
            self.walks_away(0, "buyer")
        if how in {"runs", "ending", "taken", "given_up", "lapsed", "sold"}:
            self.goes_on()
            assert self.conversions(), "nothing stood against it"
        if how in {"taken", "sold"}:
            self.takes_up(0, "buyer")
        if how == "given_up":
            self.walks_away(1, "buyer")
        for _ in range({"ending": 1, "lapsed": 2}.get(how, 0)):
            self.wait_for_what_is_next(0)
        if how == "sold":
            self.serves_all()
            for _ in range(4):
                self.goes_on()
            assert self.done["conclude_deal"] == 2, "nothing stood against it"

    def conversions(self) -> list[Deal]:
        return self.all(Deal, Deal.mode == MODE)

    @rule(spoilt=st.sampled_from(SPOILT))
    def talks(self, spoilt):
        """The office offers a trial, perhaps one that lacks something."""
        self.clock.move(timedelta(minutes=61))
        asked = self.act("buyer", send_inquiry, self.stage.question(way="trial_licence"), "there")
        deal = self.act("officer", open_deal, asked)
        said = terms(**(TRIAL | {"converts_to": self.converts} | spoilt))
        self.act("officer", make_offer, deal, said)

    @rule(pick=PICK)
    def agrees(self, pick):
        self.act("buyer", accept_offer, self.one(Deal, pick), 1)

    @rule(pick=PICK, who=WHO, more=st.sampled_from([-1, 0, 1]), answering=st.sampled_from([1, 2]))
    def offers_another_price(self, pick, who, more, answering):
        """In talks that is business; of a trial that runs, the price stands."""
        said = terms(**(TRIAL | {"converts_to": self.converts, "conversion_price": PRICE + more}))
        plain = taken_up(said)
        deal = self.one(Deal, pick)
        for one in (said, plain):
            self.act(who, make_offer, deal, one, answering)

    @rule(pick=PICK, who=WHO, version=st.sampled_from([1, 1, 1, 2]))
    def takes_up(self, pick, who, version=1):
        self._on_conversion(pick, who, accept_offer, version)

    @rule(pick=PICK, who=WHO)
    def gives_up(self, pick, who):
        self._on_conversion(pick, who, walk_away, "technology")

    def _on_conversion(self, pick, who, action, *args):
        rows = self.conversions()
        if rows:
            self.act(who, action, rows[pick % len(rows)].id, *args)

    @rule(pick=PICK, who=st.sampled_from(["market", "market", "officer", "buyer", "stranger"]))
    def begins(self, pick, who):
        """What the market does when a contract is signed, tried at any moment."""
        self.act(who, begin_trial, self.one(Deal, pick))

    @rule()
    def serves_all(self):
        for row in self.all(Preemption):
            self.act("officer", serve_notice, row.id, paper(self.today()))

    @rule(pick=PICK, who=WHO)
    def concludes(self, pick, who):
        """What the second signature of a contract does, tried at any moment."""
        self.act(who, conclude_deal, self.one(Deal, pick), contract="c" * 32, digest="d" * 64)

    @rule()
    def goes_on(self):
        """The plain way, whole: what is asked is decided, time passes, the contract is signed and
        its trial begins."""
        self.everybody_decides()
        self.everybody_waives()
        for deal in self.all(Deal):
            if deal.mode == MODE and deal.state in RUNNING:
                continue
            self._waits_out(deal.id)
            self.act("officer", conclude_deal, deal.id, contract="c" * 32, digest="d" * 64)
            self.act("market", begin_trial, deal.id)

    def _waits_out(self, id):
        """The notice's first day, the morning of its last, and its end."""
        for _ in range(3):
            self.office_shows()
            (deal,) = self.all(Deal, Deal.id == id)
            if deal.due_at and deal.state == "notice":
                self.clock.set(max(deal.due_at, self.clock.now))
            self.settle(deal.stream)

    @rule(hours=st.sampled_from([1, 30, 24 * 8]))
    def wait(self, hours):
        self.clock.move(timedelta(hours=hours))

    @rule(early=st.sampled_from([0, 0, 1]))
    def wait_for_what_is_next(self, early):
        """To the next deadline of any deal, or a microsecond before it."""
        rows = self.all(Deal)
        due = [row.due_at for row in rows if row.due_at and row.due_at > self.clock.now]
        if due:
            self.clock.set(min(due) - timedelta(microseconds=early))
        for row in rows:
            self.act("market", settle_deal, row.id)

    @invariant()
    def a_trial_begins_once_after_its_contract_as_it_was_agreed(self):
        made = self.conversions()
        assert len({row.follows for row in made}) == len(made)
        for row in made:
            (before,) = self.all(Deal, Deal.id == row.follows)
            signed = self._step(before, "conclude")
            (agreed,) = self.all(
                Offer, Offer.deal == before.id, Offer.version == before.agreed, by="version"
            )
            trial = Terms.load(agreed.terms)
            assert signed.at <= row.opened_at
            assert trial.way == "trial_licence"
            assert trial.metrics.strip()
            assert trial.until == ENDS
            (stands,) = self.all(Offer, Offer.deal == row.id, by="version")
            assert Terms.load(stands.terms) == taken_up(trial)
            assert stands.terms["lump_sum"] == trial.conversion_price
            assert (row.buyer_org, row.seller_org) == (before.buyer_org, before.seller_org)

    @invariant()
    def it_is_taken_up_in_time_by_the_firm_or_ends_for_good(self):
        over = end_of_day(ENDS, ZONE)
        for row in self.conversions():
            steps = self.all(DealStep, DealStep.deal == row.id, by="n")
            taken = [step for step in steps if step.act == "accept"]
            lapsed = [step for step in steps if step.target == "lapsed"]
            ended = [step for step in steps if step.target in ENDED]
            assert len(taken) <= 1
            assert len(ended) == (row.state in ENDED)
            assert not (taken and lapsed)
            assert all(step.at < over and step.side == "buyer" for step in taken)
            assert all(step.at >= over for step in lapsed)
            self.done.update({f"was {row.state}": 1})

    @invariant()
    def what_it_can_become_is_held_while_it_can(self):
        for row in self.conversions():
            claims = self.all(AssetClaim, AssetClaim.deal == row.id, by="deal")
            signed = self.all(DealStep, DealStep.deal == row.id, DealStep.act == "conclude", by="n")
            holds = row.state not in ENDED and not signed
            assert [one.way for one in claims] == ([self.converts] if holds else [])

    @invariant()
    def a_contract_has_all_that_comes_before_it(self):
        for step in self.all(DealStep, DealStep.act == "conclude", by="n"):
            (deal,) = self.all(Deal, Deal.id == step.deal)
            assert deal.agreed is not None
            self.was_decided_and_waived(deal, step.at, deal.way)
            if deal.mode == MODE:  # the price of taking it up was public with the trial's
                assert self._step(deal, "accept").at <= step.at
                (deal,) = self.all(Deal, Deal.id == deal.follows)
            self.was_public(deal, step.at)

    def _step(self, deal, act) -> DealStep:
        (step,) = self.all(DealStep, DealStep.deal == deal.id, DealStep.act == act, by="n")
        return step

    def teardown(self):
        TRIED.update(getattr(self, "done", {}))


TRIED: Counter[str] = Counter()
"""How often each act went through, over all examples."""
NEVER_MISSED = {
    open_deal, make_offer, accept_offer, begin_trial, walk_away, object_to_notice,
    answer_objection, decide_step, serve_notice, waive_claim, conclude_deal, show_posting,
}  # fmt: skip
STATES = {"trial", "ending", "confirmed", "withdrawn", "lapsed", "contracted"}
EXAMPLES = {"sqlite": 14, "postgresql": 5}


def plainly(how):
    """Each beginning once: what chance may miss."""
    trials = Trials()
    trials.begin(converts="assignment", decides=True, how=how)
    for look in (
        trials.a_trial_begins_once_after_its_contract_as_it_was_agreed,
        trials.it_is_taken_up_in_time_by_the_firm_or_ends_for_good,
        trials.what_it_can_become_is_held_while_it_can,
        trials.a_contract_has_all_that_comes_before_it,
    ):
        look()
    trials.teardown()


def test_trials_in_any_order(runtime, clock):
    Trials.market = runtime, clock
    TRIED.clear()
    for how in HOWS:
        plainly(how)
    kind = "sqlite" if runtime.database.sqlite else "postgresql"
    as_ever = settings(
        max_examples=EXAMPLES[kind], stateful_step_count=25, derandomize=True, database=None
    )
    run_state_machine_as_test(Trials, settings=as_ever)
    if kind == "sqlite":
        assert {act.__name__ for act in NEVER_MISSED} - set(TRIED) == set()
        assert {f"was {state}" for state in STATES} - set(TRIED) == set()
