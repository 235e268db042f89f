"""The picture that a shared link shows: drawn once for its content and kept in a folder.

Whoever comes may ask for one, so drawing is bounded: one at a time in a process, and the folder
keeps the newest `MOST`.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final

from core import typesetting
from core.errors import Busy
from core.i18n import N_

TEMPLATE: Final = Path(__file__).parent / "texts" / "share_card.typ"
WIDE: Final = (1200, 630)
SQUARE: Final = (300, 300)
MOST: Final = 4_000
"""Pictures that are kept; they are some 40 kB each."""
PATIENCE: Final = 1.0
"""Seconds for which one drawing waits for another."""
_DRAWING: Final = Lock()


class PicturesBusy(Busy):
    """HTTP 503: what is drawn already is still given out."""

    code = "pictures_busy"
    status = 503
    text = N_("Too many pictures are being drawn. Ask for this one again in a moment.")


@dataclass(frozen=True)
class ShareCard:
    """Everything on the picture, in one language; `mark` is an SVG."""

    language: str
    kind: str
    title: str
    lead: str
    owner: str
    facts: tuple[str, ...]
    market: str
    address: str
    mark: str
    square: bool

    @property
    def digest(self) -> str:
        """What the picture is kept by: another word or another drawing makes another picture."""
        told = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(_drawing() + told.encode()).hexdigest()[:40]


def kept(folder: Path, card: ShareCard) -> bytes | None:
    """The picture, if it was drawn before."""
    with suppress(FileNotFoundError):
        return (folder / f"{card.digest}.png").read_bytes()
    return None


def draw(folder: Path, card: ShareCard) -> bytes:
    """Draws a picture and keeps it. Raises FontMissing, PicturesBusy."""
    if not _DRAWING.acquire(timeout=PATIENCE):
        raise PicturesBusy
    try:
        made = kept(folder, card) or typesetting.png(TEMPLATE, asdict(card))
        _keep(folder, card.digest, made)
    finally:
        _DRAWING.release()
    return made


def _keep(folder: Path, digest: str, made: bytes) -> None:
    """A disk that is full or gone costs another drawing, not the picture."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        beside = folder / f".{digest}.{os.getpid()}"
        beside.write_bytes(made)
        beside.replace(folder / f"{digest}.png")
        pictures = list(folder.glob("*.png"))
        if len(pictures) > MOST:
            pictures.sort(key=lambda path: path.stat().st_mtime)
            for path in pictures[: len(pictures) - MOST]:
                path.unlink(missing_ok=True)


@cache
def _drawing() -> bytes:
    return TEMPLATE.read_bytes()
