"""Inquiries and the deals that came of them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from core.actor import ANONYMOUS, Actor
from deals.actions.accept_offer import accept_offer
from deals.actions.answer_inquiry import answer_inquiry
from deals.actions.log_talk import log_talk
from deals.actions.make_offer import make_offer
from deals.actions.object_to_notice import object_to_notice
from deals.actions.open_deal import open_deal
from deals.actions.refuse_inquiry import refuse_inquiry
from deals.actions.send_inquiry import send_inquiry
from deals.actions.show_posting import show_posting
from deals.actions.walk_away import walk_away
from deals.models import Deal
from deals.offers import Terms
from deals.royalties import Measure, Span, Step, Steps
from deals.rules import Question, Shown
from listings.actions.save_item import save_item
from listings.kinds import TaxBasis
from sample.cast import Cast
from sample.content import Entry
from sample.inputs import anniversary, minor
from sample.paper import Paper, scan
from sample.shelf import Shelf
from sample.story import Story

SAVED = {
    "tan-qiushi": ("graphene-copper-film", "cold-heat-pump", "chatter"),
    "jin-lvheng": ("membrane-distillation", "lens-drift"),
}
"""What the people of the demo firm keep on their lists."""


@dataclass
class Talks:
    """Ids of inquiries and deals by the inquiry's key."""

    cast: Cast
    story: Story
    shelf: Shelf
    inquiries: dict[str, str] = field(default_factory=dict)
    deals: dict[str, str] = field(default_factory=dict)

    def plan(self) -> None:
        for entry in self.cast.content.inquiries.values():
            self._plan(entry)
        for person, keys in SAVED.items():
            for key in keys:
                self.story.plan(4.5, partial(self._save, person, key))

    def _plan(self, entry: Entry) -> None:
        plan = self.story.plan
        plan(entry["day"] + 0.8, partial(self._send, entry))
        for talk in entry.get("talks", ()):
            plan(talk["day"] + 0.6, partial(self._talk, entry, talk))
        for answer in entry.get("answers", ()):
            plan(answer["day"] + 0.6, partial(self._answer, entry, answer))
        if "refuse" in entry:
            plan(entry["refuse"]["day"] + 0.6, partial(self._refuse, entry))
        if "deal" in entry:
            self._plan_deal(entry, entry["deal"])

    def _plan_deal(self, entry: Entry, deal: Entry) -> None:
        plan = self.story.plan
        plan(deal["day"] + 0.5, partial(self._open, entry))
        for version, offer in enumerate(deal["offers"], start=1):
            plan(offer["day"] + 0.5, partial(self._offer, entry, offer, version))
        if "accept" in deal:
            version = len(deal["offers"])
            plan(deal["accept"]["day"] + 0.5, partial(self._accept, entry, version))
            plan(deal["accept"]["day"] + 0.3, partial(self._show_notice, entry, "first"))
        if "contract" in deal:
            day = deal["contract"]["opened"] + 0.9
            plan(day, partial(self._show_notice, entry, "last"))
        if "objection" in deal:
            plan(deal["objection"]["day"] + 0.3, partial(self._object, entry))
        if "leave" in deal:
            plan(deal["leave"]["day"] + 0.3, partial(self._leave, entry))
        if "contract" in deal:
            files, said = self.shelf.files, deal["contract"]
            Paper(self.story, files, self.deals, entry["key"], said, self.cast.actor).plan(
                lambda: self._side(entry, "seller"), lambda: self._side(entry, "buyer")
            )

    def _send(self, entry: Entry) -> None:
        key, person = entry["key"], entry.get("person")
        budget = entry.get("budget")
        if person:
            one = self.cast.content.people[person]
            firm = self.cast.content.organisations[one["organisation"]]
            sender = {"name": one.get("zh") or one["en"], "firm": firm.get("zh") or firm["en"]}
            sender |= {"mail": one["mail"], "phone": firm["phone"]}
        else:
            sender = {"name": entry["name"], "firm": entry["firm"]}
            sender |= {"mail": entry.get("mail", ""), "phone": entry.get("phone", "")}
        question = Question(
            listing=self.shelf.listings[entry["listing"]],
            way=entry["way"],
            purpose=entry["purpose"],
            timetable=entry["timetable"],
            budget=budget * 100 if budget else None,
            currency=entry.get("currency", "CNY") if budget else None,
            question=entry.get("question", ""),
            **sender,
        )
        actor = self.cast.actor(person) if person else ANONYMOUS
        self.inquiries[key] = self.story.once(actor, f"{key}:send", send_inquiry, question)

    def _talk(self, entry: Entry, talk: Entry) -> None:
        actor, key = self.cast.actor(talk["person"]), entry["key"]
        self.story.once(
            actor,
            f"{key}:talk:{talk['day']}",
            log_talk,
            self.inquiries[key],
            talk["channel"],
            talk["line"],
        )

    def _answer(self, entry: Entry, answer: Entry) -> None:
        actor, key = self.cast.actor(answer["person"]), entry["key"]
        step = f"{key}:answer:{answer['day']}"
        self.story.once(actor, step, answer_inquiry, self.inquiries[key], answer["text"])

    def _refuse(self, entry: Entry) -> None:
        no, key = entry["refuse"], entry["key"]
        actor = self.cast.actor(no["person"])
        inquiry = self.inquiries[key]
        self.story.once(actor, f"{key}:refuse", refuse_inquiry, inquiry, no["reason"], no["text"])

    def _open(self, entry: Entry) -> None:
        key, officer = entry["key"], self.cast.actor(entry["deal"]["by"])
        self.deals[key] = self.story.once(officer, f"{key}:open", open_deal, self.inquiries[key])

    def _offer(self, entry: Entry, offer: Entry, version: int) -> None:
        key = entry["key"]
        terms = _terms(entry, offer, self.story)
        self.story.once(
            self._side(entry, offer["side"]),
            f"{key}:offer:{version}",
            make_offer,
            self.deals[key],
            terms,
            version - 1 or None,
        )

    def _accept(self, entry: Entry, version: int) -> None:
        key, side = entry["key"], self._side(entry, entry["deal"]["accept"]["side"])
        self.story.once(side, f"{key}:accept", accept_offer, self.deals[key], version)

    def _show_notice(self, entry: Entry, when: str) -> None:
        """The institute hangs it on its own site too, and keeps a picture of both days."""
        key, office = entry["key"], self.cast.actor(entry["deal"]["by"])
        with self.story.executor.database.read() as session:
            notice = session.get_one(Deal, self.deals[key]).notice or ""
        octets = scan(f"notice {key} {when}")
        stored = self.shelf.files.put(io.BytesIO(octets), limit=len(octets))
        house = self.cast.content.people[entry["deal"]["by"]]["organisation"]
        url = f"https://{house}.example/gongshi/{entry['listing']}"
        shown = Shown(when, "site", url, stored.sha256, f"{when}-day.pdf", stored.size)
        self.story.once(office, f"{key}:notice:{when}", show_posting, notice, shown)

    def _object(self, entry: Entry) -> None:
        key, said = entry["key"], entry["deal"]["objection"]
        with self.story.executor.database.read() as session:
            notice = session.get_one(Deal, self.deals[key]).notice
        self.story.once(
            ANONYMOUS,
            f"{key}:object",
            object_to_notice,
            notice,
            said["name"],
            said["contact"],
            said["text"],
        )

    def _leave(self, entry: Entry) -> None:
        key, leave = entry["key"], entry["deal"]["leave"]
        side = self._side(entry, leave["side"])
        self.story.once(side, f"{key}:leave", walk_away, self.deals[key], leave["reason"])

    def _side(self, entry: Entry, side: str) -> Actor:
        return self.cast.actor(entry["person"] if side == "buyer" else entry["deal"]["by"])

    def _save(self, person: str, key: str) -> None:
        ref = f"listing:{self.shelf.listings[key]}"
        self.story.once(self.cast.actor(person), f"save:{person}:{key}", save_item, ref)


def _terms(entry: Entry, offer: Entry, story: Story) -> Terms:
    royalty = offer.get("royalty")
    years = offer.get("until_years")
    day = story.day(offer["day"])
    return Terms(
        way=entry["way"],
        currency=entry.get("currency", "CNY"),
        field=offer.get("field", ""),
        territory=offer.get("territory", ""),
        until=anniversary(day, years) if years else None,
        lump_sum=minor(offer.get("lump_sum")),
        entry_fee=minor(offer.get("entry_fee")),
        royalty=round(royalty * 100) if royalty else None,
        royalty_base=offer.get("base", "net_sales") if royalty else "",
        royalty_steps=_steps(offer.get("steps", ())),
        royalty_minimum=minor(offer.get("minimum")),
        converts_to=offer.get("converts_to", ""),
        conversion_price=minor(offer.get("conversion_price")),
        metrics=offer.get("metrics", ""),
        tax_basis=TaxBasis.EXCLUDED,
        audit=offer.get("audit", ""),
        milestones=offer.get("milestones", ""),
        note=offer.get("note", ""),
        valid_until=day + timedelta(days=30),
    )


def _steps(said: Iterable[tuple[int, float]]) -> Steps | None:
    """In yuan of sales in a year, and per cent."""
    each = tuple(Step(above * 100, round(rate * 100)) for above, rate in said)
    return Steps(Measure.AMOUNT, Span.YEAR, each) if each else None
