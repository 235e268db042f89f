"""Things in the states in which a form about them is there: complaints on their way, what waits for
a second operator, a contract that is being drawn up."""

from __future__ import annotations

import io
from dataclasses import replace

from sqlalchemy import select

from accounts.factors.models import Passkey
from accounts.models import Organisation, OrganisationName, Person
from accounts.recovery.actions.begin_recovery import begin_recovery
from accounts.sign_on.actions.propose_provider import propose_provider
from bootstrap import Runtime
from contracts.actions.open_contract import open_contract
from contracts.actions.save_draft import save_draft
from contracts.matter import ITEMS, Draft
from contracts.registration.actions.hand_in_registration import hand_in_registration
from contracts.registration.actions.register_contract import register_contract
from contracts.registration.actions.save_registration_form import save_registration_form
from contracts.registration.form import Form
from contracts.registration.models import RegistrationVersion
from core.actor import ANONYMOUS, SYSTEM
from core.ids import new_id, show
from core.results import Done
from core.times import legal_date
from core.unit_of_work import UnitOfWork
from deals.actions.make_offer import make_offer
from deals.actions.open_deal import open_deal
from deals.actions.send_inquiry import send_inquiry
from deals.offers import Instalment, Terms
from deals.rules import Question
from governance.actions.counter_complaint import counter_complaint
from governance.actions.make_filing import make_filing
from governance.actions.propose_merge import propose_merge
from governance.actions.pull_stop import pull_stop
from governance.actions.send_complaint import send_complaint
from governance.actions.take_measures import take_measures
from governance.complaining import complaint_token
from governance.rules import Notice
from listings.actions.post_need import post_need
from listings.inputs import NeedInput
from listings.models import Listing
from matching.proposals.actions.propose_result import propose_result
from matching.proposals.rules import Proposed as Proposal
from tests.trust.world import (
    OWN,
    Side,
    _confirm,
    demo,
    demo_holders,
    member,
    organisation,
    signed_deal,
)


def staged(runtime: Runtime, side: Side) -> Side:
    """The side's things and these beside them."""
    names = dict(side.names)
    names |= _complaints(runtime, names) | _waiting(runtime, names)
    names["drafted"] = drafted(runtime, names["published_id"])
    names["offered"] = _offered(runtime, names)
    names |= _registered(runtime, names["published_id"])
    return Side(names)


def operator_beside(runtime: Runtime) -> str:
    """The person of another operator than the sample's."""
    first = demo(runtime, "operator")
    with runtime.database.read() as session:
        names = select(OrganisationName.name).where(
            OrganisationName.organisation == first.seats[0].organisation
        )
        name = session.scalars(names).first() or ""
    return member(runtime, name, "operator", first).person or ""


def _complaints(runtime: Runtime, names: dict[str, str]) -> dict[str, str]:
    """One received, one forwarded to its owner, one countered, about results that nothing else of
    the side is about."""
    run, operator = runtime.executor.run, demo(runtime, "operator")
    office = demo(runtime, "tto_officer")
    with runtime.database.read() as session:
        own = Listing.owner_org == organisation(session, OWN), Listing.state == "published"
        found = session.scalars(select(Listing.id).where(*own).order_by(Listing.id.desc())).all()
    first, second = [one for one in found if one != names["published_id"]][:2]

    def sent(about: str) -> str:
        notice = Notice(about, "infringement", "事实。", "投诉人", "c@right.example", "专利。")
        return run(ANONYMOUS, send_complaint, notice).ref

    forwarded, countered = sent(f"listing:{first}"), sent(f"listing:{second}")
    for one in (forwarded, countered):
        run(operator, take_measures, one)
    run(office, counter_complaint, countered, "并未侵权。")
    return {
        "forwarded": show("complaint", forwarded),
        "received": show("complaint", sent(f"listing:{names['published_id']}")),
        "countered_link": complaint_token(runtime.executor.ports.secret, countered),
    }


def _waiting(runtime: Runtime, names: dict[str, str]) -> dict[str, str]:
    run, operator = runtime.executor.run, demo(runtime, "operator")
    with runtime.database.read() as session:
        firms = session.scalars(
            select(Organisation.id)
            .where(Organisation.kind == "firm", Organisation.id != names["firm_id"])
            .order_by(Organisation.id)
        ).all()
    auditor = demo(runtime, "auditor").person or ""
    office = demo(runtime, "tto_officer")
    stored = runtime.files.put(io.BytesIO(b"filing"), limit=1000)
    run(operator, make_filing, "volume", names["quarter"], stored.sha256, stored.size)
    named = (names["org_id"], "https://id.works.invalid", "market", "geheim", "ask")
    return {
        "absorbed": show("organisation", firms[0]),
        "survivor": show("organisation", firms[1]),
        "merge": show("merge", run(operator, propose_merge, firms[2], firms[3], "同一家。").ref),
        "pulled": show("stop", run(operator, pull_stop, "outgoing", "维护。", "Upkeep.").ref),
        "recovery": run(operator, begin_recovery, auditor).ref,
        "passkey": run(SYSTEM, _passkey, office.person).ref,
        "provider": run(office, propose_provider, *named).ref,
    }


def _passkey(uow: UnitOfWork, person: str) -> Done:
    at, id = uow.lock(Person, person), new_id()
    at.add(Passkey(id=id, person=person, credential=id, public_key="x", synced=False, counter=0,
                   name="钥匙", made_at=at.now))  # fmt: skip
    at.record("planted")
    return Done(id)


def _registered(runtime: Runtime, listing: str) -> dict[str, str]:
    """Two deals whose contracts are signed: one's registration is handed in, the other's done."""
    run, of, found = runtime.executor.run, demo_holders(runtime), {}
    for name in ("handed_in", "done"):
        deal, _, id = signed_deal(runtime, of, listing)
        with runtime.database.read() as session:
            known = Form.load(session.get_one(RegistrationVersion, (id, 1)).content)
            today = legal_date(runtime.database.now(session), runtime.settings.zone)
        parties = {side: replace(getattr(known, side), region="330100")
                   for side in ("seller", "buyer")}  # fmt: skip
        form = replace(known, field="3", plan="none", new_investment=0, new_output=0, **parties)
        run(of.office, save_registration_form, id, form, 1)
        run(of.office, hand_in_registration, id, 2)
        if name == "done":
            run(of.office, register_contract, id, "2026330100001234", today)
        found[name] = show("deal", deal)
    return found


def _offered(runtime: Runtime, names: dict[str, str]) -> str:
    """A proposal that names a published result: whoever takes it up asks for that result."""
    run, buyer = runtime.executor.run, demo(runtime, "firm_admin")
    need = run(buyer, post_need, names["firm_id"], NeedInput("zh", "另一个需求", "谁有成果？")).ref
    said = Proposal(
        "本院的这项成果正合所需，可以在贵公司现有产线上试用。",
        "周老师",
        "z@office.example",
        names["published_id"],
    )
    made = run(demo(runtime, "tto_officer"), propose_result, need, names["org_id"], said).ref
    return show("proposal", made)


def drafted(runtime: Runtime, listing: str) -> str:
    """A deal whose contract is a draft with everything in it."""
    run, office, buyer = (
        runtime.executor.run,
        demo(runtime, "tto_officer"),
        demo(runtime, "firm_admin"),
    )
    asked = Question(
        listing=listing, way="ordinary", purpose="签约", timetable="now", name="冉",
        firm="某公司", mail="r@firm.example",
    )  # fmt: skip
    deal = run(office, open_deal, run(buyer, send_inquiry, asked).ref).ref
    parts = (Instalment(1_000_000, "验收后"),)
    run(office, make_offer, deal,
        Terms(way="ordinary", currency="CNY", lump_sum=1_000_000, instalments=parts))  # fmt: skip
    run(SYSTEM, _confirm, deal)
    contract = run(office, open_contract, deal).ref
    text = dict.fromkeys(ITEMS, "双方约定的内容。")
    run(office, save_draft, contract, Draft("licence_contract", **text), 1)
    return show("deal", deal)
