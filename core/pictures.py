"""Pictures that pages show: drawn anew, so that nothing of a file comes along but what is seen."""

from __future__ import annotations

import io
from typing import IO, Final

from PIL import Image, ImageOps, UnidentifiedImageError

from core.errors import Invalid, Problem
from core.i18n import N_

MOST_PIXELS: Final = 40_000_000
"""More than a telephone takes; some 160 MB while it is drawn."""
LONGEST: Final = 2560
"""Points of the longer side that are kept: as many as a large screen shows."""
_FORMATS: Final = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
_KEPT: Final = ("icc_profile", "transparency")
"""What belongs to the colours. Place, time, camera, comments and previews do not."""
_HOW: Final[dict[str, dict[str, object]]] = {
    "PNG": {"optimize": False},
    "JPEG": {"quality": 90, "optimize": True},
    "WEBP": {"quality": 90},
}
WANTED: Final = N_("Send the picture as PNG, JPEG or WebP.")
_LARGE: Final = N_(
    "The picture has more than %(limit)s million points. Save it smaller and send it again."
)
_BROKEN: Final = N_("The picture cannot be opened. Save it anew and send that.")


def drawn_anew(stream: IO[bytes]) -> tuple[bytes, str]:
    """The picture as PNG, JPEG or WebP as it came, and its media type; turned as its camera said.

    What a telephone writes beside the points (where, when, with what: EXIF, XMP, IPTC, comments)
    is gone (ASVS 5.0, 14.2.8), and so is whatever was hung on to the file. A larger picture is
    made `LONGEST` points long; of a moving one the first frame is kept. Raises Invalid on `file`.
    """
    try:
        with Image.open(stream, formats=tuple(_FORMATS)) as sent:
            if sent.width * sent.height > MOST_PIXELS:
                raise _wrong("too_large", _LARGE, limit=MOST_PIXELS // 1_000_000)
            kind = str(sent.format)
            return _drawn(sent, kind), _FORMATS[kind]
    except Image.DecompressionBombError:
        raise _wrong("too_large", _LARGE, limit=MOST_PIXELS // 1_000_000) from None
    except UnidentifiedImageError:
        raise _wrong("media_type", WANTED) from None
    except (OSError, SyntaxError, ValueError):  # how Pillow says that points are missing or wrong
        raise _wrong("broken", _BROKEN) from None


def _drawn(sent: Image.Image, kind: str) -> bytes:
    upright = ImageOps.exif_transpose(sent)
    if kind == "JPEG" and upright.mode not in {"RGB", "L"}:
        upright = upright.convert("RGB")
    if max(upright.size) > LONGEST:
        upright.thumbnail((LONGEST, LONGEST))
    upright.info = {key: upright.info[key] for key in _KEPT if key in upright.info}
    out = io.BytesIO()
    upright.save(out, format=kind, **_HOW[kind])
    return out.getvalue()


def _wrong(code: str, words: str, **values: int) -> Invalid:
    return Invalid({"file": [Problem(code, words, values)]})
