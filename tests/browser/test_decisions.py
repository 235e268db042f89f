"""The institution decides first, and makers come first: walked in a browser, in both languages."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import expect

from core.actor import SYSTEM
from core.ids import show
from tests.browser.staged import Seat, scene, seats
from tests.browser.test_pages import check_page
from tests.deals.conftest import pass_notice, stage
from tests.deals.deciding.conftest import MEETING, House, gate, makers
from tests.deals.preemption.conftest import SALE
from tests.deals.preemption.test_preemption import could_sign

__all__ = ["makers", "scene", "seats", "stage"]
LOOKS = [("", 390, "light"), ("/en", 1440, "dark")]


@dataclass
class Walk:
    """Two people before one deal; faults of the pages that they saw are gathered."""

    office: Seat
    maker: Seat
    here: str
    paper: Path
    faults: list[str] = field(default_factory=list)

    def looked(self, seat: Seat, name: str) -> None:
        width = seat.page.viewport_size["width"]
        seat.picture(f"decision-{width}-{name}")
        self.faults += check_page(seat.page, f"{name} at {width}")

    def decides(self) -> None:
        """The person named decides, then the office puts the minutes on file."""
        office, maker = self.office, self.maker
        office.opens(self.here)
        self.looked(office, "room")
        maker.opens("/deals")
        self.looked(maker, "waits")
        maker.follows("To the decision")
        self.looked(maker, "decision")
        maker.follows("Decide")
        maker.chooses("outcome", "passed")
        self.looked(maker, "decide")
        maker.presses("Put the decision on file")
        office.opens(f"{self.here}/decision")
        office.follows("Put the paper on file")
        office.chooses("outcome", "passed")
        office.types("number", "18")
        office.types("held_on", "2026-11-20")
        self.shows_paper()
        self.looked(office, "minutes")
        office.presses("Put the decision on file")
        with office.page.expect_download() as printed:
            office.page.locator("main a[href$='/sheet/zh.pdf']").click()
        assert Path(printed.value.path()).read_bytes().startswith(b"%PDF-")
        self.looked(office, "decided")

    def answers(self) -> None:
        """The maker waives alone; for the others the office has it on paper."""
        office, maker = self.office, self.maker
        maker.opens("/deals")
        maker.follows("Read the terms and answer")
        self.looked(maker, "preemption")
        maker.follows("Waive")
        maker.chooses("sure")
        self.looked(maker, "waive")
        maker.presses("Waive")
        for _ in range(2):
            office.opens(f"{self.here}/preemption")
            office.follows("Waive")
            office.types("day", "2026-11-23")
            self.shows_paper()
            office.presses("Waive")
            office.page.wait_for_url(f"**{self.here}/preemption")
        self.looked(office, "answered")
        said = office.say("Everybody who comes first has answered, or let the time pass.")
        expect(office.page.locator("main")).to_contain_text(said)

    def shows_paper(self) -> None:
        self.office.page.locator("main [name=paper]").set_input_files(self.paper)


@pytest.mark.parametrize(("prefix", "width", "scheme"), LOOKS, ids=["zh", "en"])
def test_from_the_agreed_price_to_the_last_answer(
    seats, stage, makers, clock, drain, tmp_path, prefix, width, scheme
):
    house, paper = House(stage, clock.move), tmp_path / "paper.pdf"
    house.sets(gate(), MEETING)
    deal = house.agreed(**SALE)
    drain()
    paper.write_bytes(b"%PDF-1.7 signed")
    office, maker = (seats(who, width, scheme, prefix) for who in ("officer", "scholar"))
    walk = Walk(office, maker, f"/deals/{show('deal', deal)}", paper)
    walk.decides()
    walk.answers()
    pass_notice(stage, deal, clock, drain)
    assert stage.executor.run(SYSTEM, could_sign, deal).ref == deal
    assert walk.faults == []
    assert office.complaints + maker.complaints == []
