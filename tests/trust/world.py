"""One thing of each kind in each relation to the demo people of the sample market."""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlalchemy import select

from accounts.actions.add_document import add_document
from accounts.actions.ask_to_join import ask_to_join
from accounts.actions.end_membership import end_membership
from accounts.actions.impose_sanction import Imposed, impose_sanction
from accounts.actions.invite_member import invite_member
from accounts.actions.make_token import make_token
from accounts.actions.set_logo import set_logo
from accounts.actions.vet_organisation import vet_organisation
from accounts.codes import Codes, hash_token
from accounts.models import JoinRequest, LoginSession, Membership, OrganisationName
from accounts.queries import load_actor, people_in
from accounts.seeding import Registrar
from accounts.sign_on.actions.claim_domain import claim_domain
from accounts.tokens import new_token, shown_part
from accounts.units.actions.add_unit import add_unit
from billing.actions.add_account import NewAccount, add_account
from billing.actions.ask_deposit import DepositAsk, ask_deposit
from billing.actions.ask_invoice import ask_invoice
from billing.actions.claim_payment import Proof, claim_payment
from billing.actions.confirm_payment import confirm_payment
from billing.actions.raise_obligation import raise_obligation
from billing.models import Payout
from billing.raising import Raised
from billing.rules import Claim, InvoiceAsk
from bootstrap import Runtime
from contracts.actions.confirm_copy import confirm_copy
from contracts.actions.freeze_contract import freeze_contract
from contracts.actions.hand_in_copy import hand_in_copy
from contracts.actions.open_contract import open_contract
from contracts.actions.raise_price import raise_price
from contracts.actions.request_seal import request_seal
from contracts.actions.save_draft import save_draft
from contracts.certificate.actions.issue_certificate import issue_certificate
from contracts.certificate.models import TradeCertificate
from contracts.drawing_up import matter_of
from contracts.lint import findings
from contracts.matter import ITEMS, Draft, Matter
from contracts.models import Contract
from contracts.registration.actions.open_registration import open_registration
from contracts.rules import Copy
from contracts.signing.models import ContractDocument, ContractSignature
from contracts.templates.actions.add_template import NewTemplate, add_template
from contracts.word import shipped
from core.actor import ANONYMOUS, SYSTEM, Actor
from core.errors import Refused
from core.files import FileStore
from core.ids import new_id, show, split_ref
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from datarooms.actions.add_member import add_member
from datarooms.actions.add_room_file import add_room_file
from datarooms.actions.ask_question import ask_question
from datarooms.models import Room, RoomMember
from deals.actions.accept_offer import accept_offer
from deals.actions.make_offer import make_offer
from deals.actions.open_deal import open_deal
from deals.actions.post_terms import post_terms
from deals.actions.send_inquiry import send_inquiry
from deals.deciding.actions.decide_step import decide_step
from deals.deciding.actions.set_step import set_step
from deals.deciding.drawing_up import steps_on
from deals.deciding.rules import Decided, Gate
from deals.idle.models import IdleUse
from deals.inquiring import claim_token
from deals.models import Deal, NoticePosting, Objection, Offer, PublicNotice
from deals.offers import Instalment, Stage, Terms
from deals.open_licence.actions.state_licence import state_licence
from deals.open_licence.rules import Statement
from deals.posting import Posted
from deals.preemption.drawing_up import Holder, claim, preemptions_on
from deals.preemption.states import HolderKind
from deals.rounds.actions.announce_round import announce_round
from deals.rounds.actions.register_interest import register_interest
from deals.rounds.announcing import Announced
from deals.rounds.models import Round
from deals.rules import Question
from governance.actions.announce import announce
from governance.actions.propose_amendment import propose_amendment
from governance.actions.send_appeal import send_appeal
from governance.actions.send_complaint import send_complaint
from governance.actions.uphold_complaint import uphold_complaint
from governance.amending import Proposed
from governance.announcements import Said
from governance.complaining import complaint_token
from governance.filing_rules import QUARTER, ended_periods
from governance.rules import Notice
from listings.actions.add_file import add_file
from listings.actions.add_picture import add_picture
from listings.actions.draft_need import draft_need
from listings.actions.draft_result import draft_result
from listings.actions.file_valuation import file_valuation
from listings.actions.make_share_link import make_share_link
from listings.actions.post_need import post_need
from listings.actions.withdraw_listing import withdraw_listing
from listings.importing.desk import take_file
from listings.inputs import (
    AssetChange,
    ContributorInput,
    CoOwnerInput,
    ListingChange,
    NeedInput,
    PatentInput,
    TextInput,
)
from listings.kinds import AssetKind, Level
from listings.models import Asset, Contributor, CoOwner, Listing, ListingFile, Need
from listings.queries import listing_page
from listings.valuing import Valued
from matching.actions.save_search import save_search
from matching.proposals.actions.propose_result import propose_result
from matching.proposals.rules import Proposed as Proposal
from notifications.unsubscribing import unsubscribe_path
from search.queries import SearchRequest
from syndication.actions.add_webhook import add_webhook
from tests.sampled import demo_person
from tests.trust.opened import opened_round

OWN, FOREIGN, FIRM = (
    "Linpu University",
    "Kuocang Institute of Technology",
    "Hengyu Optics Co., Ltd.",
)
CSV = "标题,摘要\n仅本处可见的一行,导入前无人知晓\n"


@dataclass(frozen=True)
class Side:
    """Addresses of things that belong to one side."""

    names: dict[str, str]

    def path(self, template: str) -> str:
        return template.format(**self.names)


def organisation(session, name: str) -> str:
    n = OrganisationName
    return session.scalars(select(n.organisation).where(n.name == name)).one()


def actor_of(runtime: Runtime, person: str) -> Actor:
    with runtime.database.read() as session:
        return load_actor(session, person, runtime.database.now(session))


def demo(runtime: Runtime, role: str) -> Actor:
    return actor_of(runtime, demo_person(runtime, role))


def member(runtime: Runtime, name: str, role: str, *besides: Actor) -> Actor:
    """Somebody of an organisation who is none of `besides`; rows come in no order of their own."""
    with runtime.database.read() as session:
        now = runtime.database.now(session)
        found = people_in(session, organisation(session, name), now, [role])
    others = sorted(set(found) - {one.person for one in besides})
    return actor_of(runtime, others[0])


RELATIONS: Final = {
    "own": "the person's own: written, sent or bought by them",
    "colleague": "of their organisation, but another's",
    "party": "their firm buys it from a stranger's institute",
    "other": "their institute sells it to a stranger's firm",
    "stranger": "nothing to do with them",
}
SUSPENDED: Final = "Wujiang University"


@dataclass(frozen=True)
class Holders:
    """Whose things one side is made of."""

    institute: str
    office: Actor
    author: Actor
    buyer: Actor
    nth: int = 0
    """Which of the institute's published results, so that no two sides share one."""


def own_side(runtime: Runtime) -> Side:
    """What belongs to the demo institute and firm."""
    return _side(runtime, demo_holders(runtime))


def demo_holders(runtime: Runtime) -> Holders:
    office, author = demo(runtime, "tto_officer"), demo(runtime, "researcher")
    return Holders(OWN, office, author, demo(runtime, "firm_admin"))


def sides(runtime: Runtime, former: Actor) -> dict[str, Side]:
    """Things of each relation. `former` wrote those of a colleague, and has left since."""
    office, foreign = demo(runtime, "tto_officer"), member(runtime, FOREIGN, "tto_officer")
    firm, buyer = demo(runtime, "firm_admin"), member(runtime, FIRM, "firm_admin")
    author = demo(runtime, "researcher")
    holders = {
        "colleague": Holders(OWN, office, former, demo(runtime, "firm_member"), 1),
        "party": Holders(FOREIGN, foreign, foreign, firm),
        "other": Holders(OWN, office, member(runtime, OWN, "researcher", author, former), buyer, 2),
        "stranger": Holders(FOREIGN, foreign, foreign, buyer, 1),
    }
    made = {"own": own_side(runtime)}
    made |= {relation: _side(runtime, one) for relation, one in holders.items()}
    assert set(made) == set(RELATIONS)
    for side in made.values():  # what one side agreed may be gone for another
        side.names["way"] = _askable(runtime, side.names["published_id"])
    return made


def newcomer(runtime: Runtime, mail: str = "left.us@linpu.example") -> Actor:
    """Somebody who joins the demo institute as an officer, in order to leave it."""
    registrar, office = Registrar(runtime.executor), demo(runtime, "tto_officer")
    person = registrar.person(mail, "离校者", "seven-lanterns-9-boats")
    org, roles = office.seats[0].organisation, ["tto_officer", "researcher"]
    registrar.member(org, office.person, person, mail, roles)
    return actor_of(runtime, person)


def leaves(runtime: Runtime, former: Actor) -> None:
    with runtime.database.read() as session:
        seat = session.scalars(select(Membership.id).where(Membership.person == former.person))
        membership = seat.one()
    runtime.executor.run(demo(runtime, "tto_officer"), end_membership, membership)


def suspended(runtime: Runtime) -> Actor:
    """An officer of an institute that the operator has suspended."""
    officer = member(runtime, SUSPENDED, "tto_officer")
    org = officer.seats[0].organisation
    runtime.executor.run(demo(runtime, "operator"), vet_organisation, org, "suspend", "理由")
    return officer


def _side(runtime: Runtime, of: Holders) -> Side:
    run, office, names = runtime.executor.run, of.office, {}
    with runtime.database.read() as session:
        org = organisation(session, of.institute)
        firm = of.buyer.seats[0].organisation
        researcher = demo_person(runtime, "researcher")
        apart = "" if of.author.person == researcher else researcher
        names |= _listings(session, org, of.author.person, of.nth, apart)
        names |= _noticed(session) | {"quarter": _quarter(runtime)}
        known = [office.person, of.author.person, demo_person(runtime, "researcher")]
        names["seat"] = session.scalars(
            select(Membership.id)
            .where(Membership.organisation == org, Membership.person.not_in(known))
            .order_by(Membership.starts_at, Membership.id)
        ).first()
        signed = select(LoginSession.id).where(LoginSession.person == of.author.person)
        names["session"] = session.scalars(signed).first() or "0" * 32
    names |= _drafted(runtime, of, org)
    names["valuation"] = run(office, file_valuation, names["draft_id"], _valued(runtime)).ref
    if "withdrawn" not in names:
        gone = names["last_published"]
        run(office, withdraw_listing, gone, "not_now")
        names["withdrawn"] = show("listing", gone)
    names["org"], names["org_id"] = show("organisation", org), org
    names["firm"], names["firm_id"] = show("organisation", firm), firm
    secret = NeedInput("zh", "不公开的需求", "只由本单位的人看见。", confidential=True)
    names["need"] = show("need", run(of.buyer, draft_need, firm, secret).ref)
    names |= _proposed(runtime, of, org, firm) | _invited(runtime, of, org, firm)
    names["unit"] = run(office, add_unit, org, "department", f"第{of.nth}处 {firm[:6]}").ref
    with runtime.database.read() as session:
        waiting = session.scalars(select(JoinRequest.id).where(JoinRequest.organisation == org))
        names["request"] = waiting.first() or ""
    names["request"] = names["request"] or run(demo(runtime, "broker"), ask_to_join, org, "").ref
    taken = take_file(runtime.executor, office, org, "results.csv", io.BytesIO(CSV.encode()))
    names["import"] = show("import", taken.ref)
    names["share"] = run(office, make_share_link, f"listing:{names['published_id']}").ref
    hook = run(office, add_webhook, org, "https://hooks.example.org/", ["listing.published"])
    kept = run(of.buyer, save_search, "散热", "/search?q=1", SearchRequest("散热")).ref
    names["saved"] = show(*split_ref(kept))
    names["webhook"] = show("webhook", hook.ref)
    names |= _of_author(runtime, of.author)
    names |= _talks(runtime, of, names["published_id"])
    price = Terms(way="ordinary", currency="CNY", lump_sum=1_000_000, tax_basis="included")
    made = run(
        office,
        post_terms,
        names["published_id"],
        Posted("fixed_price", price, mode_reason="本校办法第九条"),
    )
    names |= {"posting": show("posting", made.ref), "stated": _stated(runtime, of, org)}
    names |= _listed_openly(runtime, of, names)
    names |= _money(runtime, of, org, firm) | _complaint(runtime, org)
    names |= _sanctioned(runtime, of, org)
    stored = runtime.files.put(io.BytesIO(b"%PDF-1.7 evidence"), limit=1000)
    paper = ("authority", stored.sha256, "letter.pdf", "application/pdf", stored.size)
    names["document"] = run(office, add_document, org, *paper).ref
    names |= _files(runtime, of, names)
    names["way"] = _askable(runtime, names["published_id"])
    return Side(names)


def _of_author(runtime: Runtime, author: Actor) -> dict[str, str]:
    """A token of theirs, and the link that stops mail to them."""
    token, secret = new_token(), runtime.executor.ports.secret
    kept = hash_token(token), shown_part(token)
    made = runtime.executor.run(author, make_token, "a program", ("read:market",), 30, *kept).ref
    link = unsubscribe_path(secret, author.person or "", "listing")
    return {"token": made, "unsubscribe": link.removeprefix("/unsubscribe/")}


def _proposed(runtime: Runtime, of: Holders, org: str, firm: str) -> dict[str, str]:
    """An open need of the firm, and what the institute's office proposes for it."""
    run = runtime.executor.run
    need = run(of.buyer, post_need, firm, NeedInput("zh", f"公开的需求{of.nth}", "谁有办法？")).ref
    said = Proposal("我们有一种办法，可以在贵公司现有产线上试用。", "周老师", "z@office.example")
    made = run(of.office, propose_result, need, org, said).ref
    return {"open_need": show("need", need), "proposal": show("proposal", made)}


def _stated(runtime: Runtime, of: Holders, org: str) -> str:
    """The statement of an open licence, of the first patent of the institute that can have one."""
    until = datetime.now(UTC).date() + timedelta(days=700)
    price = Terms(way="ordinary", currency="CNY", lump_sum=1_000_000, until=until)
    said = Statement(
        Posted("open_licence", price, mode_reason="本校办法第九条"), "2026ZP0001", unsuspended=True
    )
    with runtime.database.read() as session:
        own = Listing.owner_org == org, Listing.state == "published"
        found = session.scalars(select(Listing.id).where(*own).order_by(Listing.id)).all()
    for listing in found:
        with suppress(Refused):
            made = runtime.executor.run(of.office, state_licence, listing, said)
            return show("posting", made.ref)
    return show("posting", "0" * 32)


def _askable(runtime: Runtime, listing: str) -> str:
    """A way that can be had today, after all that was agreed."""
    with runtime.database.read() as session:
        today = legal_date(runtime.database.now(session), runtime.settings.zone)
        shown = listing_page(session, ANONYMOUS, listing, today)
    offered = [str(way.way) for way in shown.ways if way.standing.can_be_asked]
    return next(iter(offered), "ordinary")


def _invited(runtime: Runtime, of: Holders, org: str, firm: str) -> dict[str, str]:
    """An invitation with its link, and a domain of mail that the institute claims."""
    run = runtime.executor.run
    contact = f"new{of.nth}@{firm[:6]}{org[:6]}.example"
    invitation = run(of.office, invite_member, org, contact, ["expert"]).ref
    domain = run(of.office, claim_domain, org, f"d{of.nth}.{org[:6]}.example", "ask").ref
    token = Codes(runtime.executor.ports.secret).token("invitation", invitation)
    return {"invitation": invitation, "invitation_token": token, "domain": domain}


def _quarter(runtime: Runtime) -> str:
    """The last quarter that is over; its returns are owed by the operator, whoever asks."""
    with runtime.database.read() as session:
        today = legal_date(runtime.database.now(session), runtime.settings.zone)
    return next(ended_periods(QUARTER, date.min, today)).name


def _drafted(runtime: Runtime, of: Holders, org: str) -> dict[str, str]:
    """A draft of one patent that its author has a share in, and another institute owns with them;
    and a package of the office."""
    words = TextInput("zh", "未公开的草稿", "一句话。", "摘要。")
    author = ContributorInput("作者", person=of.author.person, share_bp=10_000)
    patent = PatentInput(application_number="CN202310482617.0")
    owned = AssetChange(
        contributors=(author,), patents=(patent,), co_owners=(CoOwnerInput("共有单位"),)
    )
    change = ListingChange(asset=owned)
    made = runtime.executor.run(of.author, draft_result, org, AssetKind.RESULT, words, change).ref
    with runtime.database.read() as session:
        asset = session.get_one(Listing, made).asset
        co_owner = session.scalars(select(CoOwner.n).where(CoOwner.asset == asset)).one()
    runtime.executor.run(SYSTEM, _unused, asset, of.author.person)
    words = TextInput("zh", "未公开的成果包", "一句话。", "摘要。")
    package = runtime.executor.run(of.office, draft_result, org, AssetKind.PACKAGE, words).ref
    return {
        "draft": show("listing", made),
        "package": show("listing", package),
        "draft_id": made,
        "draft_asset": asset,
        "co_owner": str(co_owner),
        "unused": show("asset", asset),
    }


def _unused(uow: UnitOfWork, asset: str, maker: str) -> Done:
    """As if its maker had declared that they act on it, and the unit had not answered."""
    at = uow.lock(Asset, asset)
    day = date(2030, 1, 1)
    at.add(
        IdleUse(
            asset=asset, person=maker, basis="grant", counted_from=day, ended_on=day,
            declared_at=at.now, answer_on=day, answer_until=at.now + timedelta(days=900),
            profile="planted", rules=[],
        )
    )  # fmt: skip
    at.record("planted")
    return Done()


def _listings(session, org: str, author: str, nth: int = 0, apart: str = "") -> dict[str, str]:
    """Results of the sample: the author's first, then the institute's in the order of their age.

    None that is on open listing, where nothing else is agreed meanwhile; none in which `apart` has
    a share: an inventor reads more than others of the house.
    """
    found = {}
    shared = select(Contributor.asset).where(Contributor.person == apart)
    for state in ("draft", "published", "submitted", "title_check", "withdrawn"):
        rows = session.scalars(
            select(Listing)
            .where(Listing.owner_org == org, Listing.state == state)
            .where(Listing.asset.not_in(shared), Listing.id.not_in(select(Round.listing)))
            .order_by(Listing.author != author, Listing.created_at, Listing.id)
        ).all()
        if rows:
            row = rows[min(nth, len(rows) - 1)]
            found[state], found[f"{state}_id"] = show("listing", row.id), row.id
            found[f"{state}_asset"], found[f"last_{state}"] = row.asset, rows[-1].id
    return {"submitted": found["draft"]} | found


def _noticed(session) -> dict[str, str]:
    """The sample's one deal whose notice runs and was objected to; the demo institute sells."""
    notice = session.scalars(select(PublicNotice).order_by(PublicNotice.state != "running")).first()
    objection = session.scalars(select(Objection)).first()
    noticed = objection.about.removeprefix("deal:")
    of_deal = NoticePosting.about == objection.about
    return {
        "picture": session.scalars(select(NoticePosting.id).where(of_deal)).one(),
        "notice": show("notice", notice.id),
        "objection": objection.id,
        "noticed": show("deal", noticed),
    }


def _talks(runtime: Runtime, of: Holders, listing: str) -> dict[str, str]:
    """A deal with one offer of the institute on the table, and an inquiry that waits."""
    run, secret = runtime.executor.run, runtime.executor.ports.secret
    asked = Question(
        listing=listing, way="ordinary", purpose="试用", timetable="quarter", name="冉",
        firm="某公司", mail="r@firm.example",
    )  # fmt: skip
    deal = run(of.office, open_deal, run(of.buyer, send_inquiry, asked).ref).ref
    with runtime.database.read() as session:
        currency = session.get_one(Deal, deal).currency
    terms = Terms(way="ordinary", currency=currency, lump_sum=1_000_000, tax_basis="included")
    run(of.office, make_offer, deal, terms)
    waiting = run(of.buyer, send_inquiry, asked).ref
    return {
        "deal": show("deal", deal),
        "deal_id": deal,
        "inquiry": show("inquiry", waiting),
        "claim": claim_token(secret, waiting),
        **_decided(runtime, of, listing),
        **_contract(runtime, of, listing),
        **_signed(runtime, of, listing),
    }


def _decided(runtime: Runtime, of: Holders, listing: str) -> dict[str, str]:
    """An agreed price about which the institute decides: one meeting's minutes are on file, the
    next meeting is asked. No right is taken, so that nothing else of this world is in its way."""
    run, way = runtime.executor.run, "joint_development"
    org = of.office.seats[0].organisation
    for n, name in ((1, "院务会"), (2, "校长办公会")):
        rule = run(of.office, set_step, org, Gate(n, "meeting", name, ways=(way,))).ref
    asked = Question(
        listing=listing, way=way, purpose="合作", timetable="now", name="冉",
        firm="某公司", mail="r@firm.example",
    )  # fmt: skip
    deal = run(of.office, open_deal, run(of.buyer, send_inquiry, asked).ref).ref
    terms = Terms(
        way=way, currency="CNY", lump_sum=1_000_000,
        stages=(Stage("样机", date(2099, 6, 30), "热导率达标"),),
        seller_brings="人员", buyer_brings="产线", results_belong="seller", failure="shared",
    )  # fmt: skip
    run(of.office, make_offer, deal, terms)
    run(of.buyer, accept_offer, deal, 1)
    with runtime.database.read() as session:
        steps = [step.id for step in steps_on(session, deal, 1)][:2]
    scan = runtime.files.put(io.BytesIO(b"%PDF-1.7 minutes"), limit=1000)
    held = date(2026, 1, 5)
    minutes = Decided("passed", "", held, "纪要1", scan.sha256, "minutes.pdf", scan.size)
    run(of.office, decide_step, steps[0], minutes)
    names = {"decided": show("deal", deal), "passed_step": steps[0], "step": steps[1]}
    names["rule"] = rule
    run(SYSTEM, _claimed, deal, scan.sha256, scan.size)
    with runtime.database.read() as session:
        first, second = preemptions_on(session, deal, 1)
    return names | {"claimed": first.id, "served": second.id}


def _claimed(uow: UnitOfWork, deal: str, paper: str, size: int) -> Done:
    """As if two came first at this price, one of whom was told and waived: a transfer would take
    the right from this world."""
    at = uow.lock(Deal, deal)
    at.add(claim(at.row, 1, Holder(HolderKind.COMMISSIONER, "委托方")))
    told = claim(at.row, 2, Holder(HolderKind.CO_OWNER, "共有方"))
    told.state, told.answered_at, told.served_at, told.ends_at = "waived", at.now, at.now, at.now
    told.service, told.service_file, told.service_size = paper, "service.pdf", size
    told.answer, told.answer_file, told.answer_size = paper, "waiver.pdf", size
    at.add(told)
    at.record("planted")
    return Done()


def _valued(runtime: Runtime) -> Valued:
    """A valuer's report, signed by two."""
    scan = runtime.files.put(io.BytesIO(b"%PDF-1.7 report"), limit=1000)
    methods, report = ("income_approach", "market_approach"), (scan.sha256, "r.pdf", scan.size)
    days = date(2026, 1, 5), date(2099, 1, 5)
    return Valued(methods, 100_000_000, "CNY", *days, "", "某评估公司", "评1", ("甲", "乙"), report)


def _contract(runtime: Runtime, of: Holders, listing: str) -> dict[str, str]:
    """A deal whose contract is frozen, with a signed copy of the institute that waits."""
    deal, contract = _frozen(runtime, of, listing)
    runtime.executor.run(of.office, request_seal, contract, "contract", 2)
    copy = _hand_in(runtime, of.office, contract, "seller")
    given = runtime.executor.run(SYSTEM, _given, contract, runtime.files, of.buyer.person).ref
    names = {"contracted": show("deal", deal), "copy": copy, "signature": given}
    return names | _template(runtime, of)


def _given(uow: UnitOfWork, contract: str, files: FileStore, person: str) -> Done:
    """As if the firm had signed at a service."""
    at, scan = uow.lock(Contract, contract), files.put(io.BytesIO(b"%PDF-1.7 text"), limit=1000)
    text, id = at.row.digest, new_id()
    at.add(ContractDocument(contract=contract, digest=text, sha256=scan.sha256, size=scan.size,
                            at=at.now))  # fmt: skip
    at.add(ContractSignature(
        id=id, contract=contract, side="buyer", by=person, at=at.now, provider="service",
        digest=text, document=scan.sha256, name="某人", authority="authorised", consent="1",
        factor="app", reference=id, state="signed", signed_at=at.now, evidence=scan.sha256,
        evidence_size=scan.size,
    ))  # fmt: skip
    at.record("planted")
    return Done(id)


def _template(runtime: Runtime, of: Holders) -> dict[str, str]:
    """A Word template of the institute, in use."""
    octets = shipped(("zh",))
    stored = runtime.files.put(io.BytesIO(octets), limit=len(octets))
    (institute,) = {seat.organisation for seat in of.office.seats}
    new = NewTemplate(institute, "本单位的模板", "zh", stored.sha256, stored.size)
    return {
        "template": show(
            "contract_template", runtime.executor.run(of.office, add_template, new).ref
        )
    }


def _signed(runtime: Runtime, of: Holders, listing: str) -> dict[str, str]:
    """A deal whose contract both sides have signed, and which is certified."""
    run = runtime.executor.run
    deal, contract, registration = signed_deal(runtime, of, listing)
    certificate = run(SYSTEM, issue_certificate, contract, False).ref
    scan = runtime.files.put(io.BytesIO(b"%PDF-1.7 accepted"), limit=1000)
    taken = run(SYSTEM, _exercised, deal, scan.sha256, scan.size).ref
    with runtime.database.read() as session:
        number = session.get_one(TradeCertificate, certificate).number
    return {
        "taken": taken,
        "certificate": number,
        "signed": show("deal", deal),
        "registering": show("contract_registration", registration),
        "contract": show("contract", contract),
    }


def _exercised(uow: UnitOfWork, deal: str, paper: str, size: int) -> Done:
    """As if somebody had come first at this price, on paper, before it was signed."""
    at = uow.lock(Deal, deal)
    row = claim(at.row, 1, Holder(HolderKind.CO_OWNER, "共有方"))
    row.state, row.answered_at, row.served_at, row.ends_at = "exercised", at.now, at.now, at.now
    row.answer, row.answer_file, row.answer_size = paper, "acceptance.pdf", size
    at.add(row)
    at.record("planted")
    return Done(row.id)


def signed_deal(runtime: Runtime, of: Holders, listing: str) -> tuple[str, str, str]:
    """(deal, contract, registration) of a contract that both sides have signed: its registration is
    begun, and its only instalment waits for what makes it due."""
    run = runtime.executor.run
    deal, contract = _frozen(runtime, of, listing)
    run(of.buyer, confirm_copy, contract, _hand_in(runtime, of.office, contract, "seller"))
    run(of.office, confirm_copy, contract, _hand_in(runtime, of.buyer, contract, "buyer"))
    run(SYSTEM, raise_price, contract)
    return deal, contract, run(SYSTEM, open_registration, contract).ref


def _frozen(runtime: Runtime, of: Holders, listing: str) -> tuple[str, str]:
    """(deal, contract) with a text that stands still."""
    run = runtime.executor.run
    deal = confirmed_deal(runtime, of, listing)
    contract = run(of.office, open_contract, deal).ref
    text = dict.fromkeys(ITEMS, "双方约定的内容。")
    run(of.office, save_draft, contract, Draft("licence_contract", **text), 1)
    with runtime.database.read() as session:
        matter = matter_of(session, session.get_one(Deal, deal), "zh")
    every = findings(matter, Draft("licence_contract", **text), _law(runtime), date(2026, 11, 23))
    run(of.office, freeze_contract, contract, 2, {one.key: "双方已经逐项说明" for one in every})
    return deal, contract


def confirmed_deal(runtime: Runtime, of: Holders, listing: str) -> str:
    """Whose price stands and which has no contract yet."""
    run = runtime.executor.run
    asked = Question(
        listing=listing, way="ordinary", purpose="签约", timetable="now", name="冉",
        firm="某公司", mail="r@firm.example",
    )  # fmt: skip
    deal = run(of.office, open_deal, run(of.buyer, send_inquiry, asked).ref).ref
    parts = (Instalment(1_000_000, "验收后"),)
    terms = Terms(way="ordinary", currency="CNY", lump_sum=1_000_000, instalments=parts)
    run(of.office, make_offer, deal, terms)
    run(SYSTEM, _confirm, deal)
    return deal


def _hand_in(runtime: Runtime, actor: Actor, contract: str, side: str) -> str:
    scan = runtime.files.put(io.BytesIO(b"%PDF-1.7 signed"), limit=1000)
    with runtime.database.read() as session:
        matter = Matter.load(session.get_one(Contract, contract).matter or {})
    seal = matter.seller if side == "seller" else matter.buyer
    paper = Copy(scan.sha256, "signed.pdf", scan.size, 3, seal, "某人", "authorised", "档案柜")
    return runtime.executor.run(actor, hand_in_copy, contract, paper).ref


def _law(runtime: Runtime):
    return runtime.law.profile("cn-national", date(2026, 11, 23))


def _confirm(uow: UnitOfWork, deal: str) -> Done:
    """As if the price had been accepted and its notice were over: no matrix waits for weeks."""
    at = uow.lock(Deal, deal)
    uow.session.get_one(Offer, (deal, 1)).state = "accepted"
    at.row.agreed, at.row.way, at.row.state, at.row.due_at = 1, "ordinary", "confirmed", None
    at.timer("engine", None)
    at.record("planted")
    return Done()


def _money(runtime: Runtime, of: Holders, org: str, firm: str) -> dict[str, str]:
    """What a firm owes an institute directly, with a claimed transfer and an invoice asked for;
    something paid twice, so that a part goes back; a deposit; an account that waits."""
    run, due = runtime.executor.run, date(2027, 6, 1)
    stored = runtime.files.put(io.BytesIO(b"%PDF-1.7 receipt"), limit=1000)
    proof = Proof(stored.sha256, "receipt.pdf", "application/pdf")
    told = Claim(200_00, date(2026, 1, 5), "付款户名", "某银行", "6222 0001")

    def owed(kind: str, about: str) -> Raised:
        return Raised(kind, about, org, 100_00, "CNY", due, firm, of.buyer.person)

    made = run(SYSTEM, raise_obligation, owed("price", "deal:" + "0" * 32)).ref
    payment = run(of.buyer, claim_payment, made, told, proof).ref
    asked = run(of.buyer, ask_invoice, made, InvoiceAsk("receipt", 1, "某公司", mail="a@b.example"))
    settled = run(SYSTEM, raise_obligation, owed("fee", "deal:" + "1" * 32)).ref
    double = run(of.buyer, claim_payment, settled, told, proof).ref
    for one in (of.office, demo(runtime, "operator")):
        run(one, confirm_payment, settled, double, 200_00)
    with runtime.database.read() as session:
        payout = session.scalars(select(Payout.id).where(Payout.obligation == settled)).one()
    about = DepositAsk(owed("deposit", f"deal:{uuid4().hex}"))
    deposit = run(SYSTEM, ask_deposit, about).ref
    new = NewAccount(org, "seller", "CNY", "收款户名", "某银行", "6222 0002", "转让合同")
    account = run(of.office, add_account, new).ref
    return {
        "obligation": show("obligation", made),
        "payment": payment,
        "invoice": asked.ref,
        "settled": show("obligation", settled),
        "payout": payout,
        "deposit": show("obligation", deposit),
        "account": show("receiving_account", account),
    }


def _complaint(runtime: Runtime, org: str) -> dict[str, str]:
    """One that was upheld, so that the organisation reads it, and the link of who sent it."""
    notice = Notice(f"organisation:{org}", "other", "事实与理由。", "投诉人", "c@right.example")
    made = runtime.executor.run(ANONYMOUS, send_complaint, notice).ref
    runtime.executor.run(demo(runtime, "operator"), uphold_complaint, made, "查实。")
    secret = runtime.executor.ports.secret
    return {"complaint": show("complaint", made), "complaint_link": complaint_token(secret, made)}


def _listed_openly(runtime: Runtime, of: Holders, names: dict[str, str]) -> dict[str, str]:
    """A round whose period runs, and in it the firm's registration, not yet decided about; and one
    that is opened."""
    run, listing, firm = runtime.executor.run, names["published_id"], names["firm_id"]
    field = "公开挂牌专用领域"  # so that its promise bars no other deal of this world
    price = Terms(
        way="ordinary", currency="CNY", field=field, lump_sum=1_000_000, tax_basis="included"
    )
    made = run(of.office, announce_round, listing, Announced(Posted("open_listing", price), 10))
    party = run(of.buyer, register_interest, made.ref, firm, confirmed=True)
    return {
        "round": show("round", made.ref),
        "registration": party.ref,
        "opened": show("round", opened_round(runtime, of.office, of.buyer, listing)),
    }


def _sanctioned(runtime: Runtime, of: Holders, org: str) -> dict[str, str]:
    """A warning to the organisation, and another that its office has appealed."""
    run, operator = runtime.executor.run, demo(runtime, "operator")
    warning = Imposed(f"organisation:{org}", "warning", "untrue", "事实与理由。")
    made, appealed = (run(operator, impose_sanction, warning).ref for _ in range(2))
    sent = run(of.office, send_appeal, f"sanction:{appealed}", "申诉理由。").ref
    start = datetime(2026, 1, 1, tzinfo=UTC)
    said = Said("通知", "Notice", "内容", "Text", "members", start, start + timedelta(days=3650))
    told = run(operator, announce, said).ref
    year = "source='x'\nchecked_on=2026-11-01\nholidays=[2027-01-01]\nworkdays=[]\n"
    table = Proposed("holidays", "cn-2027", year, None, "国务院办公厅通知。")
    amended = run(operator, propose_amendment, table).ref
    names = {
        "announcement": show("announcement", told),
        "amendment": show("amendment", amended),
        "stop": show("stop", "0" * 32),
    }
    return names | {"sanction": show("sanction", made), "appeal": show("appeal", sent)}


def _let_in(runtime: Runtime, of: Holders, room: str) -> str:
    """The entry of a maker whom the office let into the deal's room: no side of the deal. Where
    the office is the maker itself, nobody was."""
    if of.author.person == of.office.person:
        return "0" * 32
    runtime.executor.run(of.office, add_member, room, of.author.person)
    with runtime.database.read() as session:
        entry = select(RoomMember.id).where(
            RoomMember.room == room, RoomMember.person == of.author.person
        )
        return session.scalars(entry).one()


def _files(runtime: Runtime, of: Holders, names: dict[str, str]) -> dict[str, str]:
    """A file of each level at the published listing and at the draft, two in the deal's room; a
    picture of the draft, which is the institute's logo too."""
    run, put, office, found = runtime.executor.run, runtime.files.put, of.office, {}
    for level in Level:
        stored = put(io.BytesIO(f"{level} {names['org']}".encode()), limit=1000)
        for state in ("published", "draft"):
            run(office, add_file, names[f"{state}_id"], stored.sha256, f"{level}.txt",
                "text/plain", stored.size, level)  # fmt: skip
        found[f"file_{level}"] = stored.sha256
    octets = b"\x89PNG\r\n\x1a\n" + f"drawing {names['org']}".encode()
    drawing = put(io.BytesIO(octets), limit=1000)
    as_png = drawing.sha256, "image/png", drawing.size
    run(office, add_picture, names["draft_id"], *as_png)
    run(office, set_logo, names["org_id"], *as_png)
    found["drawing"] = drawing.sha256
    with runtime.database.read() as session:
        room = session.scalars(select(Room.id).where(Room.ref == f"deal:{names['deal_id']}")).one()
        assert session.scalars(select(ListingFile)).first() is not None
        assert session.scalars(select(Need)).first() is not None
    found["entry"] = _let_in(runtime, of, room)
    for level in ("own", "both", "nda"):
        stored = put(io.BytesIO(f"room {level} {names['org']}".encode()), limit=1000)
        found[f"room_{level}"] = run(
            office, add_room_file, room, level, f"{level}.txt", stored.sha256, stored.size,
            "text/plain",
        ).ref  # fmt: skip
    found["question"] = run(office, ask_question, room, "什么时候可以看样？").ref
    return found
