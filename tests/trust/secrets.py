"""What must stay secret, planted through the use cases with words that occur nowhere else."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from sqlalchemy import func, select

from accounts.actions.impose_sanction import Imposed, impose_sanction
from accounts.actions.sign_up import sign_up
from accounts.codes import Codes
from billing.actions.claim_payment import Proof, claim_payment
from billing.models import Obligation
from billing.rules import Claim
from bootstrap import Runtime
from core.actor import ANONYMOUS, SYSTEM, Actor
from core.models import Outbox
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from datarooms.actions.add_room_file import add_room_file
from datarooms.models import Room
from deals.actions.log_talk import log_talk
from deals.actions.make_offer import make_offer
from deals.actions.send_inquiry import send_inquiry
from deals.models import Deal, Inquiry, Offer
from deals.offers import Terms
from deals.rounds.actions.reject_party import reject_party
from deals.rounds.models import Registration, Round
from deals.rules import Question
from governance.actions.send_appeal import send_appeal
from governance.actions.send_complaint import send_complaint
from governance.rules import Notice
from listings.actions.add_file import add_file
from listings.actions.draft_need import draft_need
from listings.actions.draft_result import draft_result
from listings.actions.publish_need import publish_need
from listings.actions.withdraw_listing import withdraw_listing
from listings.importing.record import ImportedRecord
from listings.inputs import (
    AssetChange,
    ContactInput,
    EvidenceInput,
    ListingChange,
    NeedInput,
    TextInput,
)
from listings.kinds import AssetKind, Level
from listings.models import Listing, Need
from listings.registering import register_record
from matching.proposals.actions.decline_proposal import decline_proposal
from matching.proposals.actions.propose_result import propose_result
from matching.proposals.rules import Proposed as Proposal
from search.queries import SearchRequest
from tests.trust.world import demo, member

CANARIES: Final = {
    name: f"zqx{name}vjk"
    for name in ("draft", "abstract", "evidence", "need", "offer", "purpose", "sender", "phone",
                 "talk", "file", "password", "gone", "complaint",
                 "complainant", "sanction", "appeal", "unfit", "payer", "proposed", "proposer",
                 "reach", "declined")
}  # fmt: skip
PARTY: Final = "Ouxiu Dyeing and Printing Co., Ltd."
"""Takes part in the sample's open listing; nobody of it is among those who look on."""
ABSTRACT: Final = "此处是尚未公开的电池隔膜工艺"


@dataclass
class Planted:
    """Ids of what was planted, the code that was sent, and the outbox as it stood before."""

    ids: dict[str, str] = field(default_factory=dict)
    code: str = ""
    outbox: str = ""


def plant(runtime: Runtime) -> Planted:
    author, office = demo(runtime, "researcher"), demo(runtime, "tto_officer")
    buyer, made = demo(runtime, "firm_admin"), Planted()
    made.ids |= _draft(runtime, author)
    made.ids |= _need(runtime, buyer)
    made.ids |= _talks(runtime, office)
    made.ids |= _proposed(runtime, office, buyer)
    made.ids |= _governed(runtime, buyer)
    made.ids |= _listed(runtime, office)
    password = f"{CANARIES['password']}-4-piers"
    challenge = runtime.executor.run(ANONYMOUS, sign_up, "new@comer.example", "新人", password).ref
    made.code = Codes(runtime.executor.ports.secret).code(challenge)
    with runtime.database.read() as session:
        rows = session.scalars(select(Outbox))
        made.outbox = repr([vars(row) for row in rows])
    return made


def gone(runtime: Runtime) -> str:
    """A listing that was public for a moment: what was withdrawn is found no more."""
    office = demo(runtime, "tto_officer")
    org = office.seats[0].organisation
    words = f"电池 {CANARIES['gone']}"
    record = ImportedRecord(kind="result", title=words, abstract=words, language="zh")
    made: list[str] = []

    def register(uow: UnitOfWork) -> None:
        made.append(register_record(uow, org, record, None, "trust", publish=True).listing)

    runtime.executor.attempt(lambda: UnitOfWork(runtime.executor, SYSTEM), register)
    runtime.worker.run_until_idle()
    assert runtime.search.search(SearchRequest(text=CANARIES["gone"])).total == 1
    runtime.executor.run(office, withdraw_listing, made[0], "not_now")
    runtime.worker.run_until_idle()
    return made[0]


def _draft(runtime: Runtime, author: Actor) -> dict[str, str]:
    """A draft with evidence and a file for readers under an NDA."""
    run, org = runtime.executor.run, author.seats[0].organisation
    words = TextInput("zh", f"电池 {CANARIES['draft']}", "电池一句话。",
                      f"{ABSTRACT} {CANARIES['abstract']}", keywords=("电池",))  # fmt: skip
    evidence = EvidenceInput("zh", 5, CANARIES["evidence"], level=Level.NDA)
    change = ListingChange(
        contact=ContactInput(name="某人", phone="0571-0000 0000"),
        asset=AssetChange(trl=5, evidence=(evidence,), ipc=("H01M10/0525",)),
    )
    listing = run(author, draft_result, org, AssetKind.RESULT, words, change).ref
    stored = runtime.files.put(io.BytesIO(CANARIES["file"].encode()), limit=100)
    run(author, add_file, listing, stored.sha256, "a.txt", "text/plain", stored.size, Level.NDA)
    return {"listing": listing, "sha256": stored.sha256}


def _need(runtime: Runtime, buyer: Actor) -> dict[str, str]:
    need = NeedInput(
        "zh",
        f"电池 {CANARIES['need']}",
        "找一种电池隔膜。",
        deadline=date(2026, 12, 3),
        confidential=True,
    )
    made = runtime.executor.run(buyer, draft_need, buyer.seats[0].organisation, need).ref
    runtime.executor.run(buyer, publish_need, made)
    return {"need": made}


def _talks(runtime: Runtime, office: Actor) -> dict[str, str]:
    """An inquiry for a published result, a talk about it, an offer and a file in a room."""
    run, org = runtime.executor.run, office.seats[0].organisation
    with runtime.database.read() as session:
        own = select(Listing.id).where(Listing.owner_org == org, Listing.state == "published")
        listing = session.scalars(own.order_by(Listing.id)).first() or ""
        talking = session.scalars(select(Deal).where(Deal.state == "talking")).one()
        deal, currency = talking.id, talking.currency
        answered = session.scalars(
            select(Inquiry.id).where(Inquiry.owner_org == org, Inquiry.state == "answered")
        ).first()
        latest = session.scalar(select(func.max(Offer.version)).where(Offer.deal == deal))
        room = session.scalars(select(Room.id).where(Room.ref == talking.stream)).one()
    asked = Question(
        listing=listing, way="ordinary", purpose=CANARIES["purpose"], timetable="quarter",
        name=CANARIES["sender"], firm="某公司", mail=f"{CANARIES['phone']}@firm.example",
    )  # fmt: skip
    inquiry = run(ANONYMOUS, send_inquiry, asked, "somewhere").ref
    run(office, log_talk, answered, "telephone", CANARIES["talk"])
    terms = Terms(
        way="exclusive", currency=currency, lump_sum=98_765_432_100, note=CANARIES["offer"],
        valid_until=date(2026, 11, 23) + timedelta(days=60),
    )  # fmt: skip
    run(office, make_offer, deal, terms, latest)
    stored = runtime.files.put(io.BytesIO(b"in the room"), limit=100)
    run(office, add_room_file, room, "nda", "b.txt", stored.sha256, stored.size, "text/plain")
    return {"inquiry": inquiry, "deal": deal}


def _proposed(runtime: Runtime, office: Actor, buyer: Actor) -> dict[str, str]:
    """What the institute proposes for needs that everybody reads, one of them anonymous: one waits,
    the other is declined in words."""
    run, org = runtime.executor.run, office.seats[0].organisation
    firm = buyer.seats[0].organisation
    with runtime.database.read() as session:
        open_to_all = select(Need.id, Need.anonymous).where(
            Need.owner_org == firm, Need.state == "published", Need.confidential.is_(False)
        )
        needs = {anonymous: id for id, anonymous in session.execute(open_to_all.order_by(Need.id))}
    reach = f"{CANARIES['reach']}@office.example"
    said = Proposal(
        f"{CANARIES['proposed']}，可在现有产线上试用两个月。", CANARIES["proposer"], reach
    )
    waits, declined = (run(office, propose_result, needs[one], org, said).ref
                       for one in (False, True))  # fmt: skip
    run(buyer, decline_proposal, declined, "too_dear", CANARIES["declined"])
    return {"proposal": waits, "declined": declined, "asked": needs[False],
            "asked_unnamed": needs[True]}  # fmt: skip


def _governed(runtime: Runtime, buyer: Actor) -> dict[str, str]:
    """A complaint that nobody has examined, a measure on a firm, and its appeal."""
    run, operator = runtime.executor.run, demo(runtime, "operator")
    with runtime.database.read() as session:
        listing = session.scalars(
            select(Listing.id).where(Listing.state == "published").order_by(Listing.id)
        ).first()
        today = legal_date(runtime.database.now(session), runtime.settings.zone)
    told = Notice(
        about=f"listing:{listing}", kind="other", text=CANARIES["complaint"],
        name=CANARIES["complainant"], mail="who@complains.example",
    )  # fmt: skip
    complaint = run(ANONYMOUS, send_complaint, told, "somewhere").ref
    about, last = f"organisation:{buyer.seats[0].organisation}", today + timedelta(days=30)
    imposed = Imposed(about, "no_listings", "untrue", CANARIES["sanction"], last)
    sanction = run(operator, impose_sanction, imposed).ref
    appeal = run(buyer, send_appeal, f"sanction:{sanction}", CANARIES["appeal"]).ref
    return {"complaint": complaint, "sanction": sanction, "appeal": appeal}


def _listed(runtime: Runtime, office: Actor) -> dict[str, str]:
    """Who takes part in the open listing that everybody reads: a party that is turned away, and
    another one's deposit that is said to have been sent."""
    run, party = runtime.executor.run, member(runtime, PARTY, "firm_admin")
    with runtime.database.read() as session:
        row = session.scalars(select(Round)).one()
        today = legal_date(runtime.database.now(session), runtime.settings.zone)
        waits = select(Registration.id).where(Registration.round == row.id,
                                              Registration.state == "applied")  # fmt: skip
        registration = session.scalars(waits).one()
        asked = select(Obligation).where(Obligation.about == row.stream)
        deposit = session.scalars(asked).one()
    run(office, reject_party, registration, "conditions", CANARIES["unfit"])
    stored = runtime.files.put(io.BytesIO(b"%PDF-1.7 sent"), limit=100)
    told = Claim(deposit.amount, today, CANARIES["payer"], "某银行", "6222 0000")
    proof = Proof(stored.sha256, "proof.pdf", "application/pdf")
    run(party, claim_payment, deposit.id, told, proof)
    return {"round": row.id, "obligation": deposit.id}
