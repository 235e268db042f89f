"""The pages of complaints, as a browser without scripts meets them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from accounts.actions.impose_sanction import Imposed, impose_sanction
from accounts.models import Membership
from accounts.queries import people_in
from core.ids import show
from governance.actions.pull_stop import pull_stop
from governance.actions.release_stop import release_stop
from governance.models import Complaint
from listings.models import Listing
from tests.deals.conftest import LISTING
from tests.sampled import demo_person
from tests.trust.world import actor_of, demo

TYPED = {
    "kind": "infringement",
    "claim": "发明专利 ZL202010000000.0",
    "text": "权利要求 1 覆盖该方法。",
    "name": "只给所属单位看的名字",
    "mail": "right@holder.example",
}


@pytest.fixture
def shown(sample_market):
    """A published result of the demo institute, free of complaints."""
    with sample_market.database.read() as session:
        officer = demo_person(sample_market, "tto_officer")
        listing = session.scalars(
            select(Listing)
            .where(Listing.state == "published", Listing.owner_org == org_of(session, officer))
            .order_by(Listing.id.desc())
        ).first()
    return show("listing", listing.id)


def org_of(session, person):
    return session.scalars(
        select(Membership.organisation).where(Membership.person == person)
    ).first()


def newest(sample_market) -> Complaint:
    with sample_market.database.read() as session:
        return session.scalars(select(Complaint).order_by(Complaint.sent_at.desc())).first()


def test_from_the_report_to_measures_a_statement_and_the_taking_back(
    sample_market, client_of, shown
):
    visitor, officer, operator = client_of(None), client_of("tto_officer"), client_of("operator")
    assert f"/report/{shown}" in visitor.get(f"/results/{shown}").text
    assert visitor.get(f"/report/{shown}").status_code == 200
    wrong = visitor.post(f"/report/{shown}", data=TYPED | {"claim": ""})
    assert wrong.status_code == 422
    assert "权利名称" in wrong.text
    sent = visitor.post(f"/report/{shown}", data=TYPED)
    assert sent.status_code == 303
    link = sent.headers["Location"]
    number = show("complaint", newest(sample_market).id)
    assert number in visitor.get(link).text
    assert officer.get(f"/complaints/{number}").status_code == 404
    assert number in operator.get("/operator/complaints?state=received").text
    page = operator.get(f"/operator/complaints/{number}").text
    assert TYPED["name"] in page
    assert TYPED["mail"] in page
    decided = operator.post(f"/operator/complaints/{number}", data={"decision": "measure"})
    assert decided.status_code == 302
    assert visitor.get(f"/results/{shown}").status_code in (404, 410)
    assert visitor.get(f"/report/{shown}").status_code == 404
    assert number in officer.get("/complaints").text
    read = officer.get(f"/complaints/{number}").text
    assert TYPED["name"] in read
    assert TYPED["mail"] not in read
    outcomes = visitor.get("/en/complaints/outcomes").text
    assert TYPED["claim"] in outcomes
    assert TYPED["name"] not in outcomes
    said = officer.post(f"/complaints/{number}", data={"statement": "我方自行研发。"})
    assert said.status_code == 303
    assert "我方自行研发" in visitor.get(link).text
    assert visitor.post(f"{link}/suit", data={"suit": " "}).status_code == 422
    assert visitor.post(f"{link}/withdraw").status_code == 303
    assert visitor.get(f"/results/{shown}").status_code == 200
    assert TYPED["claim"] not in visitor.get("/complaints/outcomes").text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_empty_lists_say_so_and_strangers_see_no_console(client_of, prefix):
    assert client_of("firm_admin").get(f"{prefix}/complaints").status_code == 200
    assert client_of(None).get(f"{prefix}/complaints/outcomes").status_code == 200
    assert client_of("auditor").get(f"{prefix}/operator/complaints").status_code == 200
    assert client_of("tto_officer").get(f"{prefix}/operator/complaints").status_code == 404


def test_an_unknown_decision_and_a_forged_link_lead_nowhere(client_of):
    visitor, operator = client_of(None), client_of("operator")
    number = "cmp_" + "0" * 32
    assert visitor.get("/complaints/sent/forged.token").status_code == 404
    assert operator.get(f"/operator/complaints/{number}").status_code == 404
    made = operator.post(f"/operator/complaints/{number}", data={"decision": "bless"})
    assert made.status_code == 404
    assert visitor.get(f"/report/{show('listing', LISTING)}").status_code == 404


def test_a_merge_of_no_organisation_is_refused_beside_its_field(client_of):
    typed = {"absorbed": "<某公司>", "survivor": "lst_" + "0" * 32, "reason": "同一家。"}
    answer = client_of("operator").post("/operator/merges", data=typed)
    assert answer.status_code == 422
    assert answer.text.count("org_ 加 32 个字符") == 4  # above the form and beside each field
    for shown in ('value="&lt;某公司&gt;"', f'value="{typed["survivor"]}"', "同一家。"):
        assert shown in answer.text


def test_why_a_measure_is_taken_back_stays_in_its_form(sample_market, client_of):
    """Two measures: what was typed comes back into the form of the one that it was typed for."""
    run, operator = sample_market.executor.run, demo(sample_market, "operator")
    broker = f"organisation:{demo(sample_market, 'broker').seats[0].organisation}"
    imposed = Imposed(broker, "warning", "untrue", "事实。")
    made = [run(operator, impose_sanction, imposed).ref for _ in range(2)]
    note = "撤" * 4001
    for sanction in made:
        path = f"/operator/sanctions/{show('sanction', sanction)}/lift"
        answer = client_of("operator").post(path, data={"note": note})
        assert answer.status_code == 422
        assert answer.text.count(note) == 1
        assert answer.text.index(f'id="note-{sanction}"') < answer.text.index(note)


def second_operator(sample_market, first):
    market = first.seats[0].organisation
    with sample_market.database.read() as session:
        now = sample_market.database.now(session)
        found = people_in(session, market, now, ["operator"])
    return actor_of(sample_market, next(one for one in found if one != first.person))


def test_why_a_stop_is_released_stays_in_its_form(sample_market, client_of):
    run, first = sample_market.executor.run, demo(sample_market, "operator")
    stop = run(second_operator(sample_market, first), pull_stop, "payouts", "查账。", "Audit.").ref
    note = "放" * 4001
    answer = client_of("operator").post(
        f"/operator/stops/{show('stop', stop)}/release", data={"note": note}
    )
    assert answer.status_code == 422
    assert answer.text.count(note) == 1
    run(first, release_stop, stop, "查完。")


@pytest.mark.parametrize(
    ("prefix", "said"),
    [("", "此项由您本人停用"), ("/en", "You stopped this yourself. Another operator releases it.")],
)
def test_who_pulled_a_stop_is_told_that_another_releases_it(sample_market, client_of, prefix, said):
    run, first = sample_market.executor.run, demo(sample_market, "operator")
    stop = run(first, pull_stop, "payouts", "查账。", "Audit.").ref
    path = f"{prefix}/operator/stops/{show('stop', stop)}/release"
    answer = client_of("operator").post(path, data={"note": "查完。"})
    assert answer.status_code == 403
    assert said in answer.text
    run(second_operator(sample_market, first), release_stop, stop, "查完。")
