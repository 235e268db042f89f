"""What is kept of a text that somebody wrote."""

from __future__ import annotations

import re
from typing import Final

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def kept(text: str) -> str:
    """All of it, but for blanks around it and the kind of its line ends: no sign inside is changed,
    dropped or brought into another form of Unicode. Forms and operations read texts with it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def for_xml(text: str) -> str:
    """Without the signs that no XML document holds: one of them, and no reader opens the rest."""
    return _NOT_XML.sub("", text)
