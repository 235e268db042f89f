"""What an organisation says of itself in public: who writes it, and what is refused."""

from __future__ import annotations

import io

import pytest

from accounts.actions.edit_organisation import edit_organisation
from accounts.actions.set_logo import set_logo
from accounts.actions.verify_organisation import verify_organisation
from accounts.directory import organisation_entry
from accounts.profiles import INTRO_LENGTH, ProfileDraft, website_problem
from core.actor import ANONYMOUS
from core.errors import Forbidden, Invalid
from core.identifiers import NumberError, read_ror
from core.ids import show
from reporting.organisation import FEW, organisation_figures, public_organisation
from tests.apps import app_of

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.mark.parametrize("ror", ["05dxps055", "00f54p054", "03vek6s52", "042nb2s44"])
def test_a_ror_id_is_read_with_and_without_its_address(ror):
    assert read_ror(f" https://ror.org/{ror} ") == ror
    assert read_ror(ror.upper()) == ror
    wrong = ror[:-1] + str((int(ror[-1]) + 1) % 10)
    with pytest.raises(NumberError):
        read_ror(wrong)


@pytest.mark.parametrize(
    "text", ["", "05dxps05", "15dxps055", "05dxpu055", "https://example.org/05dxps055"]
)
def test_what_is_no_ror_id(text):
    with pytest.raises(NumberError):
        read_ror(text)


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "www.example.org", "https://", "https://a@b.example", "ftp://a.example",
     "https://exa mple.org", "https://[", "https://localhost"],
)  # fmt: skip
def test_what_is_no_website(text):
    assert website_problem(text) is not None
    assert website_problem("https://www.example.org/zh?a=1") is None
    assert website_problem("") is None


def test_its_administrator_writes_and_everybody_reads(world):
    run, officer = world.executor.run, world.actor(world.officer)
    draft = ProfileDraft(
        intros={"zh": " 材料见长。 ", "en": ""}, fields=("H", "A", "H"),
        website="https://works.example", ror="https://ror.org/05dxps055", contact_name="Fei",
    )  # fmt: skip
    run(officer, edit_organisation, world.institute, draft)
    run(world.actor(world.operator), verify_organisation, world.institute, {"number": "register"})
    with world.executor.database.read() as session:
        found = public_organisation(session, world.institute)
        assert found.intros == {"zh": "材料见长。"}
        assert found.intro("en") == "材料见长。"
        assert (found.fields, found.ror, found.website) == (
            ("A", "H"), "05dxps055", "https://works.example",
        )  # fmt: skip
        assert set(found.marks) == {"number"}
        entry = organisation_entry(session, ANONYMOUS, world.institute)
        assert entry.profile.ror == "05dxps055"
        assert [mark.source for mark in entry.marks] == ["register"]
        figures = organisation_figures(session, world.institute)
    assert figures.published == 0
    assert figures.agreed is None
    assert FEW > 1


@pytest.mark.parametrize(
    ("field", "more"),
    [("ror", {"ror": "05dxps056"}), ("website", {"website": "javascript:x"}),
     ("fields", {"fields": ("Z",)}), ("intro_en", {"intros": {"en": "x" * (INTRO_LENGTH + 1)}})],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field(world, field, more):
    with pytest.raises(Invalid) as refused:
        world.executor.run(
            world.actor(world.officer), edit_organisation, world.institute, ProfileDraft(**more)
        )
    assert set(refused.value.problems) == {field}


def test_nobody_else_writes_it(world):
    mei = world.actor(world.person("mei@example.org"))
    for who in (mei, world.actor(world.operator)):
        with pytest.raises(Forbidden):
            world.executor.run(who, edit_organisation, world.institute, ProfileDraft())
        with pytest.raises(Forbidden):
            world.executor.run(who, set_logo, world.institute)


def test_the_public_page_shows_profile_logo_and_marks(runtime, world):
    run, officer = world.executor.run, world.actor(world.officer)
    draft = ProfileDraft(intros={"en": "Strong in <materials>."}, ror="05dxps055")
    run(officer, edit_organisation, world.institute, draft)
    run(world.actor(world.operator), verify_organisation, world.institute, {"name": "register"})
    stored = world.executor.ports.files.put(io.BytesIO(PNG), limit=1000)
    with pytest.raises(Invalid):
        run(officer, set_logo, world.institute, stored.sha256, "image/svg+xml", stored.size)
    client = app_of(runtime).test_client()
    address = f"/en/organisations/{show('organisation', world.institute)}"
    assert client.get(f"{address}/logo").status_code == 404
    run(officer, set_logo, world.institute, stored.sha256, "image/png", stored.size)
    with client.get(f"{address}/logo") as logo:
        assert logo.data == PNG
        assert "sandbox" in logo.headers["Content-Security-Policy"]
    page = client.get(address).text
    assert "Strong in &lt;materials&gt;." in page
    assert "https://ror.org/05dxps055" in page
    assert "in the public register" in page
    assert "Not verified" in page
    run(officer, set_logo, world.institute)
    assert client.get(f"{address}/logo").status_code == 404
