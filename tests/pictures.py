"""Pictures as cameras and people send them."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image


def picture(kind: str = "PNG", size: tuple[int, int] = (4, 2), **said: Any) -> bytes:
    """Blue on the left, red on the right; `said` is what is written beside the points."""
    drawn = Image.new("RGB", size, (20, 40, 200))
    drawn.paste((200, 40, 20), (size[0] // 2, 0, size[0], size[1]))
    out = io.BytesIO()
    drawn.save(out, kind, **said)
    return out.getvalue()


PNG = picture()
