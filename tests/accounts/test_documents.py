"""Evidence and what is verified by it: who hands in, who reads, what an operator can say."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from accounts.actions.add_document import add_document
from accounts.actions.correct_organisation import correct_organisation
from accounts.actions.register_organisation import register_organisation
from accounts.actions.remove_document import remove_document
from accounts.actions.verify_organisation import verify_organisation
from accounts.actions.vet_organisation import vet_organisation
from accounts.console import vetting_page
from accounts.documents import MOST_DOCUMENTS, document_for, documents_of, marks_of
from accounts.errors import DocumentsFull, LooksLikeAnother, SecondPersonNeeded
from core.errors import Forbidden, Invalid, NotFound
from tests.accounts.conftest import draft


def hand_in(world, person, organisation, kind="registration", content=b"%PDF-1.7 x", **more):
    stored = world.executor.ports.files.put(io.BytesIO(content), limit=1000)
    file = {"name": "licence.pdf", "media_type": "application/pdf"} | more
    return world.executor.run(
        world.actor(person), add_document, organisation, kind, stored.sha256, size=stored.size,
        **file,
    ).ref  # fmt: skip


def register(world, person, number="HRB 77", **more):
    asked = draft(number, **more)
    return world.executor.run(world.actor(person), register_organisation, asked).ref


def marks(world, organisation):
    with world.executor.database.read() as session:
        return {what: row.source for what, row in marks_of(session, organisation).items()}


def test_the_applicant_hands_in_and_the_operator_reads(world):
    mei = world.person("mei@example.org")
    house = register(world, mei, kind="institute")
    document = hand_in(world, mei, house)
    assert hand_in(world, mei, house) == document
    assert hand_in(world, mei, house, "authority") != document
    with world.executor.database.read() as session:
        page = vetting_page(session, world.actor(world.operator), house)
        assert {one.kind for one in page.documents} == {"registration", "authority"}
        assert document_for(session, world.actor(mei), house, document).name == "licence.pdf"
        with pytest.raises(NotFound):
            document_for(session, world.actor(world.officer), house, document)
        with pytest.raises(NotFound):
            document_for(session, world.actor(mei), house, "0" * 32)


def test_only_its_administrators_change_what_was_handed_in(world):
    mei = world.person("mei@example.org")
    house = register(world, mei)
    document = hand_in(world, mei, house)
    world.executor.run(world.actor(world.operator), vet_organisation, house, "approve")
    stranger = world.actor(world.officer)
    with pytest.raises(Forbidden):
        world.executor.run(stranger, remove_document, house, document)
    world.executor.run(world.actor(mei), remove_document, house, document)
    with world.executor.database.read() as session:
        assert documents_of(session, house) == []


@pytest.mark.parametrize(
    ("kind", "more"),
    [("passport", {}), ("other", {"media_type": "text/html"}), ("other", {"name": " "}),
     ("other", {"name": "x" * 161})],
)  # fmt: skip
def test_what_is_no_evidence_is_refused(world, kind, more):
    mei = world.person("mei@example.org")
    house = register(world, mei)
    with pytest.raises(Invalid):
        hand_in(world, mei, house, kind, **more)


def test_there_is_room_for_so_many_documents(world):
    mei = world.person("mei@example.org")
    house = register(world, mei)
    for n in range(MOST_DOCUMENTS):
        hand_in(world, mei, house, content=b"%%PDF-1.7 %d" % n)
    with pytest.raises(DocumentsFull):
        hand_in(world, mei, house, content=b"%PDF-1.7 more")


def test_nothing_is_verified_by_a_document_that_is_not_here(world):
    mei, operator = world.person("mei@example.org"), world.actor(world.operator)
    house = register(world, mei)
    run = world.executor.run
    with pytest.raises(Invalid) as refused:
        run(operator, vet_organisation, house, "approve", "", {"number": "registration"})
    assert set(refused.value.problems) == {"by_number"}
    hand_in(world, mei, house)
    asked = {"number": "registration", "name": "register", "authority": ""}
    run(operator, vet_organisation, house, "approve", "", asked)
    assert marks(world, house) == {"number": "registration", "name": "register"}
    run(operator, verify_organisation, house, {"name": "", "authority": "call"})
    assert marks(world, house) == {"number": "registration", "authority": "call"}
    with pytest.raises(Invalid):
        run(operator, verify_organisation, house, {"wealth": "call"})


def test_who_is_involved_verifies_nothing(world):
    house = register(world, world.operator)
    with pytest.raises(SecondPersonNeeded):
        world.executor.run(
            world.actor(world.operator), verify_organisation, house, {"name": "register"}
        )
    with pytest.raises(NotFound):
        world.executor.run(
            world.actor(world.officer), verify_organisation, house, {"name": "register"}
        )


def test_what_changes_is_verified_no_more(world):
    mei = world.person("mei@example.org")
    house = register(world, mei)
    every = {"number": "register", "name": "register", "authority": "call"}
    world.executor.run(world.actor(world.operator), verify_organisation, house, every)
    run = world.executor.run
    run(world.actor(mei), correct_organisation, house, draft("HRB 77"))
    assert marks(world, house) == every
    same_name = replace(draft("HRB 78"), names={"en": "Works HRB 77"})
    run(world.actor(mei), correct_organisation, house, same_name)
    assert marks(world, house) == {"name": "register", "authority": "call"}
    named = replace(same_name, names={"en": "Works HRB 77", "zh": "七十七厂"})
    run(world.actor(mei), correct_organisation, house, named)
    assert marks(world, house) == {"authority": "call"}


def test_a_similar_name_is_asked_about_once_the_other_is_public(world):
    mei, fang = world.person("mei@example.org"), world.person("fang@example.org")
    first = replace(draft("HRB 5"), names={"zh": "衡宇光学有限公司"})
    second = replace(draft("HRB 6"), names={"en": "Hengyu Optics Ltd."})
    run = world.executor.run
    house = run(world.actor(mei), register_organisation, first).ref
    waiting = run(world.actor(fang), register_organisation, second).ref
    with world.executor.database.read() as session:
        page = vetting_page(session, world.actor(world.operator), waiting)
    assert [(line.id, names, why) for line, names, why in page.alike] == [
        (house, {"zh": "衡宇光学有限公司"}, "translation")
    ]
    run(world.actor(world.operator), vet_organisation, house, "approve")
    third = replace(draft("HRB 8"), names={"zh": "衡宇光學股份有限公司"})
    with pytest.raises(LooksLikeAnother):
        run(world.actor(fang), register_organisation, third)
    assert run(world.actor(fang), register_organisation, replace(third, distinct=True)).ref
