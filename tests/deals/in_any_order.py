"""What machines share that do anything in any order with deals, on real databases."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from sqlalchemy import select

from core.actor import ANONYMOUS, SYSTEM
from core.errors import Refused
from core.models import Base
from core.times import legal_date
from deals.actions.answer_objection import answer_objection
from deals.actions.object_to_notice import object_to_notice
from deals.actions.show_posting import show_posting
from deals.actions.walk_away import walk_away
from deals.deciding.actions.ask_step_again import ask_step_again
from deals.deciding.actions.decide_step import decide_step
from deals.deciding.actions.set_step import set_step
from deals.deciding.drawing_up import steps_on
from deals.deciding.models import DecisionStep
from deals.deciding.rules import Decided, last_turns
from deals.models import Deal, Objection, PublicNotice
from deals.preemption.actions.come_first import come_first
from deals.preemption.actions.serve_notice import serve_notice
from deals.preemption.actions.waive_claim import waive_claim
from deals.preemption.drawing_up import preemptions_on
from deals.preemption.models import Preemption
from tests import databases
from tests.conftest import START
from tests.deals.conftest import Stage, picture, staged, was_shown
from tests.deals.deciding.conftest import MEETING, MINUTES, plant_makers
from tests.deals.preemption.conftest import paper

ZONE = ZoneInfo("Asia/Shanghai")
WHO = st.sampled_from(["officer", "second", "buyer", "stranger", "scholar", "operator"])
PICK = st.integers(0, 5)
NOTHING = "0" * 32
"""The name of a thing that is not there."""
REFUSED = Decided("refused", "否")


class InAnyOrder(RuleBasedStateMachine):
    """One result whose makers come first at an assignment; its institute may decide in a step.

    A machine sets `market` (the runtime and its clock), calls `open` when an example begins, and
    adds how its own mode goes; what stands between a price and a contract is the same for all.
    """

    market: ClassVar = None
    objection = "价格明显低于评估结果。"

    def open(self, *, decides: bool) -> None:
        runtime, self.clock = self.market
        databases.empty(runtime.database, Base.metadata)
        self.clock.set(START)
        self.stage: Stage = staged(runtime.executor)
        self.settle = runtime.executor.settle
        runtime.executor.run(SYSTEM, plant_makers)
        self.decides = decides
        self.done: Counter[str] = Counter()
        self.met: dict[str, int] = {}
        if decides:
            self.act("officer", set_step, "institute", MEETING)

    # -- trying and looking -------------------------------------------------------------------

    def act(self, who, action, *args, **more) -> str:
        """Anybody tries anything (None is a visitor, "market" the worker); gives what was made, or
        nothing: what is refused has changed nothing."""
        known = {None: ANONYMOUS, "market": SYSTEM}
        actor = known[who] if who in known else getattr(self.stage, who)
        try:
            made = self.stage.executor.run(actor, action, *args, **more).ref
        except Refused:
            return ""
        self.done[action.__name__] += 1
        self.met.setdefault(str(made), len(self.met))
        return made

    def all(self, model, *where, by="id") -> list:
        with self.stage.executor.database.read() as session:
            rows = session.scalars(select(model).where(*where))
            return sorted(rows, key=lambda row: getattr(row, by))

    def known(self, model, *where) -> list:
        """By when each was made: names are chance, and each run is to be like the last."""
        last = len(self.met)
        return sorted(
            self.all(model, *where), key=lambda row: (self.met.get(row.id, last), order(row))
        )

    def one(self, model, pick: int, *where) -> str:
        rows = self.known(model, *where)
        return rows[pick % len(rows)].id if rows else NOTHING

    def today(self) -> date:
        """The day of the market, which begins before that of the clock."""
        return legal_date(self.clock.now, ZONE)

    # -- between a price and a contract -------------------------------------------------------

    @rule(pick=PICK, name=st.sampled_from(["", "匿名人"]))
    def objects(self, pick, name):
        notice = self.one(PublicNotice, pick)
        self.act(None, object_to_notice, notice, name, "a@b.example", self.objection)

    @rule(pick=PICK, who=WHO, when=st.sampled_from(["first", "last"]))
    def shows(self, pick, who, when):
        """The notice, in the owner's own unit."""
        self.act(who, show_posting, self.one(PublicNotice, pick), picture(when))

    @rule()
    def office_shows(self):
        """The first day of what waits for it, and then the last."""
        for row in self.known(PublicNotice, PublicNotice.state == "running"):
            when = "last" if row.first_day else "first"
            self.act("officer", show_posting, row.id, picture(when))

    @rule(pick=PICK, who=WHO, outcome=st.sampled_from(["dismissed", "dismissed", "upheld"]))
    def answers(self, pick, who, outcome):
        self.act(who, answer_objection, self.one(Objection, pick), outcome, "已查明")

    @rule(pick=PICK, who=WHO, decided=st.sampled_from([MINUTES, MINUTES, REFUSED]))
    def institution_decides(self, pick, who, decided):
        self.act(who, decide_step, self.one(DecisionStep, pick), decided)

    def everybody_decides(self) -> None:
        for row in self.all(DecisionStep):
            self.act("officer", decide_step, row.id, MINUTES)

    @rule(pick=PICK, who=WHO)
    def asks_again(self, pick, who):
        self.act(who, ask_step_again, self.one(DecisionStep, pick))

    @rule(pick=PICK, who=WHO)
    def serves(self, pick, who):
        self.act(who, serve_notice, self.one(Preemption, pick), paper(self.today()))

    @rule(pick=PICK, who=WHO, shown=st.booleans())
    def waives(self, pick, who, shown):
        shown_paper = paper(self.today(), "f") if shown else None
        self.act(who, waive_claim, self.one(Preemption, pick), shown_paper)

    @rule()
    def everybody_waives(self):
        for row in self.all(Preemption):
            self.act("officer", waive_claim, row.id, paper(self.today(), "f"))

    @rule(pick=PICK, who=WHO)
    def comes_first(self, pick, who):
        self.act(who, come_first, self.one(Preemption, pick))

    @rule(pick=PICK, who=WHO)
    def walks_away(self, pick, who):
        self.act(who, walk_away, self.one(Deal, pick), "price")

    # -- what stands once there is a contract -------------------------------------------------

    def was_public(self, deal, at) -> None:
        """The notice of the agreed price stood its whole time, and nobody's objection holds."""
        (notice,) = self.all(PublicNotice, PublicNotice.id == deal.notice)
        assert notice.ends_at - notice.begins_at >= timedelta(days=15)
        assert at >= notice.ends_at
        assert (notice.state, notice.result) == ("closed", "confirmed")
        with self.stage.executor.database.read() as session:
            assert was_shown(session, notice, at)
        entered = self.all(Objection, Objection.notice == notice.id)
        assert {one.state for one in entered} <= {"dismissed"}

    def was_decided_and_waived(self, deal, at, way) -> None:
        """The institution's step, if it has one; the three makers, if the patent passes."""
        with self.stage.executor.database.read() as session:
            turns = last_turns(steps_on(session, deal.id, deal.agreed))
            claims = preemptions_on(session, deal.id, deal.agreed)
        assert len(turns) == self.decides
        assert {one.state for one in turns} <= {"passed"}
        assert len(claims) == (3 if way == "assignment" else 0)
        assert {one.state for one in claims} <= {"waived", "lapsed"}
        assert all(one.ends_at <= at for one in claims if one.state == "lapsed")


def order(row) -> tuple[int, int]:
    """Among rows that nobody was told the name of."""
    return getattr(row, "n", 0), getattr(row, "version", 0)
