"""The contract of a deal whose price stands, as far as both sides have come with it."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from contracts.actions.confirm_copy import confirm_copy
from contracts.actions.freeze_contract import freeze_contract
from contracts.actions.hand_in_copy import hand_in_copy
from contracts.actions.open_contract import open_contract
from contracts.actions.save_draft import save_draft
from contracts.certificate.actions.issue_certificate import issue_certificate
from contracts.matter import ITEMS, Draft, Matter
from contracts.models import Contract
from contracts.rules import Copy
from core.actor import Actor
from core.files import FileStore
from sample.content import Entry
from sample.registry import Registry
from sample.story import Story

DRAWN_UP, WRITTEN = 1, 2
"""Versions: what the deal carried over, and what the sides then wrote."""
_LONGEST_SCAN = 1 << 16


@dataclass
class Paper:
    """The contract of the inquiry with this key; its deal is in `deals` once it was opened."""

    story: Story
    files: FileStore
    deals: Mapping[str, str]
    key: str
    said: Entry
    people: Callable[[str], Actor]
    contract: str = ""
    copies: dict[str, str] = field(default_factory=dict)

    def plan(self, seller: Callable[[], Actor], buyer: Callable[[], Actor]) -> None:
        plan = self.story.plan
        plan(self.said["opened"] + 0.5, lambda: self._open(seller()))
        plan(self.said["drafted"] + 0.5, lambda: self._write(seller()))
        plan(self.said["frozen"] + 0.5, lambda: self._freeze(buyer()))
        if "signed" in self.said:
            self._plan_signatures({"seller": (seller, buyer), "buyer": (buyer, seller)})
        if "certified" in self.said:
            done = self.said["certified"]
            plan(done["day"] + 0.5, lambda: self._certify(self.people(done["by"])))
        if "registration" in self.said:
            said = self.said["registration"]
            Registry(self.story, self.key, said, lambda: self.contract).plan(seller)

    def _plan_signatures(self, sides: Mapping[str, tuple[Callable[[], Actor], ...]]) -> None:
        plan, signed = self.story.plan, self.said["signed"]
        for (side, (own, other)), checked in zip(sides.items(), signed["checked"], strict=True):
            plan(signed[side][0] + 0.5, partial(self._sign, side, own))
            plan(checked + 0.5, partial(self._confirm, side, other))

    def _open(self, actor: Actor) -> None:
        step = f"{self.key}:contract"
        self.contract = self.story.once(actor, step, open_contract, self.deals[self.key])

    def _write(self, actor: Actor) -> None:
        draft = Draft(self.said["kind"], **{name: self.said[name] for name in ITEMS})
        step = f"{self.key}:contract:written"
        self.story.once(actor, step, save_draft, self.contract, draft, DRAWN_UP)

    def _freeze(self, actor: Actor) -> None:
        step = f"{self.key}:contract:frozen"
        self.story.once(actor, step, freeze_contract, self.contract, WRITTEN, {})

    def _sign(self, side: str, actor: Callable[[], Actor]) -> None:
        with self.story.executor.database.read() as session:
            row = session.get_one(Contract, self.contract)
        matter = Matter.load(row.matter or {})
        _day, signatory, originals = self.said["signed"][side]
        octets = scan(f"{row.number} {side}")
        stored = self.files.put(io.BytesIO(octets), limit=_LONGEST_SCAN)
        copy = Copy(
            sha256=stored.sha256,
            name=f"{row.number}-{side}.pdf",
            size=stored.size,
            pages=2,
            seal_name=matter.seller if side == "seller" else matter.buyer,
            signatory=signatory,
            authority="authorised" if side == "seller" else "legal_representative",
            originals=originals,
        )
        step = f"{self.key}:contract:{side}"
        self.copies[side] = self.story.once(actor(), step, hand_in_copy, self.contract, copy)

    def _confirm(self, side: str, actor: Callable[[], Actor]) -> None:
        step = f"{self.key}:contract:{side}:confirmed"
        self.story.once(actor(), step, confirm_copy, self.contract, self.copies[side])

    def _certify(self, operator: Actor) -> None:
        """Without the amount: the sides did not ask for it to be shown."""
        step = f"{self.key}:contract:certified"
        self.story.once(operator, step, issue_certificate, self.contract, with_amount=False)


def scan(said: str) -> bytes:
    """A PDF of one page with one line, in place of what a scanner would make."""
    line = f"BT /F1 14 Tf 72 770 Td ({said}) Tj ET".encode("ascii")
    parts = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(line), line),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    made, places = b"%PDF-1.4\n", []
    for n, part in enumerate(parts, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (n, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(made)
    return made + b"xref\n0 6\n0000000000 65535 f \n" + table + end
