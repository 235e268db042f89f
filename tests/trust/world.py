"""One thing of each kind on the demo people's side of the sample market, and one that is foreign
to all of them."""

from __future__ import annotations

import io
from dataclasses import dataclass

from sqlalchemy import select

from accounts.actions.ask_to_join import ask_to_join
from accounts.actions.invite_member import invite_member
from accounts.codes import Codes
from accounts.models import JoinRequest, LoginSession, Membership, OrganisationName
from accounts.queries import load_actor, people_in
from bootstrap import Runtime
from core.actor import Actor
from core.ids import show
from datarooms.actions.add_room_file import add_room_file
from datarooms.actions.ask_question import ask_question
from datarooms.models import Room
from deals.inquiring import claim_token
from deals.models import Deal, Inquiry, Objection, PublicNotice
from listings.actions.add_file import add_file
from listings.actions.draft_need import draft_need
from listings.actions.make_share_link import make_share_link
from listings.actions.withdraw_listing import withdraw_listing
from listings.importing.desk import take_file
from listings.inputs import NeedInput
from listings.kinds import Level
from listings.models import Listing, ListingFile, Need
from tests.sampled import demo_person

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


def member(runtime: Runtime, name: str, role: str) -> Actor:
    with runtime.database.read() as session:
        now = runtime.database.now(session)
        found = people_in(session, organisation(session, name), now, [role])
    return actor_of(runtime, found[0])


def sides(runtime: Runtime) -> tuple[Side, Side]:
    """What belongs to the demo institute and firm, and what belongs to others."""
    stranger = demo(runtime, "broker")
    own = _side(runtime, OWN, demo(runtime, "tto_officer"), demo(runtime, "firm_admin"), stranger)
    office = member(runtime, FOREIGN, "tto_officer")
    buyer = member(runtime, FIRM, "firm_admin")
    return own, _side(runtime, FOREIGN, office, buyer, demo(runtime, "expert"))


def _side(runtime: Runtime, name: str, office: Actor, buyer: Actor, asker: Actor) -> Side:
    run, names = runtime.executor.run, {}
    with runtime.database.read() as session:
        org = organisation(session, name)
        firm = buyer.seats[0].organisation
        names |= _listings(session, org, demo_person(runtime, "researcher"))
        names |= _talks(session, org, runtime.executor.ports.secret)
        known = [office.person, demo_person(runtime, "researcher")]
        names["seat"] = session.scalars(
            select(Membership.id)
            .where(Membership.organisation == org, Membership.person.not_in(known))
            .order_by(Membership.id)
        ).first()
        signed = select(LoginSession.id).where(LoginSession.person == office.person)
        names["session"] = session.scalars(signed).first() or "0" * 32
    if "withdrawn" not in names:
        gone = names["next_published"]
        run(office, withdraw_listing, gone, "not_now")
        names["withdrawn"] = show("listing", gone)
    names["org"], names["org_id"] = show("organisation", org), org
    names["firm"] = show("organisation", firm)
    secret = NeedInput("zh", "不公开的需求", "只由本单位的人看见。", confidential=True)
    names["need"] = show("need", run(buyer, draft_need, firm, secret).ref)
    names["invitation"] = run(office, invite_member, org, f"new@{name[:4]}.example", ["expert"]).ref
    token = Codes(runtime.executor.ports.secret).token("invitation", names["invitation"])
    names["invitation_token"] = token
    with runtime.database.read() as session:
        waiting = session.scalars(select(JoinRequest.id).where(JoinRequest.organisation == org))
        names["request"] = waiting.first() or ""
    names["request"] = names["request"] or run(asker, ask_to_join, org, "").ref
    taken = take_file(runtime.executor, office, org, "results.csv", io.BytesIO(CSV.encode()))
    names["import"] = show("import", taken.ref)
    names["share"] = run(office, make_share_link, f"listing:{names['published_id']}").ref
    names |= _files(runtime, office, names)
    return Side(names)


def _listings(session, org: str, author: str) -> dict[str, str]:
    found = {}
    for state in ("draft", "published", "submitted", "title_check", "withdrawn"):
        rows = session.scalars(
            select(Listing)
            .where(Listing.owner_org == org, Listing.state == state)
            .order_by(Listing.author != author, Listing.created_at, Listing.id)
        ).all()
        if rows:
            found[state], found[f"{state}_id"] = show("listing", rows[0].id), rows[0].id
            found[f"{state}_asset"] = rows[0].asset
            found[f"next_{state}"] = rows[min(1, len(rows) - 1)].id
    return {"submitted": found["draft"]} | found


def _talks(session, org: str, secret: bytes) -> dict[str, str]:
    order = Deal.state != "notice", Deal.id
    deal = session.scalars(select(Deal).where(Deal.seller_org == org).order_by(*order)).first()
    inquiry = session.get_one(Inquiry, deal.inquiry)
    notice = session.scalars(select(PublicNotice).order_by(PublicNotice.state != "running")).first()
    objection = session.scalars(select(Objection.id)).first()
    return {
        "deal": show("deal", deal.id),
        "deal_id": deal.id,
        "inquiry": show("inquiry", inquiry.id),
        "claim": claim_token(secret, inquiry.id),
        "notice": show("notice", notice.id),
        "objection": objection,
    }


def _files(runtime: Runtime, office: Actor, names: dict[str, str]) -> dict[str, str]:
    """A file of each level at the published listing and at the draft; two in the deal's room."""
    run, put, found = runtime.executor.run, runtime.files.put, {}
    for level in Level:
        stored = put(io.BytesIO(f"{level} {names['org']}".encode()), limit=1000)
        for state in ("published", "draft"):
            run(office, add_file, names[f"{state}_id"], stored.sha256, f"{level}.txt",
                "text/plain", stored.size, level)  # fmt: skip
        found[f"file_{level}"] = stored.sha256
    with runtime.database.read() as session:
        room = session.scalars(select(Room.id).where(Room.ref == f"deal:{names['deal_id']}")).one()
        assert session.scalars(select(ListingFile)).first() is not None
        assert session.scalars(select(Need)).first() is not None
    for level in ("own", "both", "nda"):
        stored = put(io.BytesIO(f"room {level} {names['org']}".encode()), limit=1000)
        found[f"room_{level}"] = run(
            office, add_room_file, room, level, f"{level}.txt", stored.sha256, stored.size,
            "text/plain",
        ).ref  # fmt: skip
    found["question"] = run(office, ask_question, room, "什么时候可以看样？").ref
    return found
