"""What is shown of a picture is its points, and nothing that came with them."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from PIL.PngImagePlugin import PngInfo

from core import pictures
from core.errors import Invalid
from core.pictures import LONGEST, drawn_anew
from tests.pictures import picture

SECRET = "Lab 7, 30.26N 120.15E"
TURNED = 6
"""EXIF: the camera was held upright; the points lie on their side."""


def camera() -> Image.Exif:
    exif = Image.Exif()
    exif[Base.Orientation], exif[Base.Model], exif[Base.ImageDescription] = TURNED, SECRET, SECRET
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSProcessingMethod] = SECRET.encode()
    return exif


def written() -> PngInfo:
    info = PngInfo()
    info.add_text("Comment", SECRET)
    info.add_itxt("XML:com.adobe.xmp", SECRET)
    return info


SENT = {
    "PNG": {"exif": camera(), "pnginfo": written()},
    "JPEG": {"exif": camera(), "comment": SECRET, "xmp": SECRET.encode()},
    "WEBP": {"exif": camera(), "xmp": SECRET.encode(), "lossless": True},
}


def opened(octets: bytes) -> Image.Image:
    return Image.open(io.BytesIO(octets))


@pytest.mark.parametrize("kind", SENT)
def test_place_time_and_camera_are_taken_out_and_the_picture_stands_upright(kind):
    sent = picture(kind, (80, 40), **SENT[kind])
    assert SECRET.encode() in sent
    assert opened(sent).getexif()[Base.Orientation] == TURNED
    octets, media_type = drawn_anew(io.BytesIO(sent))
    drawn = opened(octets)
    assert (drawn.format, drawn.size, media_type) == (kind, (40, 80), Image.MIME[kind])
    assert SECRET.encode() not in octets
    assert not drawn.getexif()
    above, below = (drawn.convert("RGB").getpixel((20, y)) for y in (10, 70))
    assert above[2] > above[0] + 100
    assert below[0] > below[2] + 100


@pytest.mark.parametrize("kind", SENT)
def test_what_hangs_on_to_a_picture_is_gone(kind):
    octets, _ = drawn_anew(io.BytesIO(picture(kind) + b"<script>alert(1)</script>"))
    assert b"script" not in octets


def test_colours_and_transparency_stay():
    out = io.BytesIO()
    Image.new("RGBA", (3, 3), (1, 2, 3, 128)).save(out, "PNG", icc_profile=b"the colours")
    drawn = opened(drawn_anew(out)[0])
    assert drawn.getpixel((1, 1)) == (1, 2, 3, 128)
    assert drawn.info["icc_profile"] == b"the colours"
    palette = Image.new("P", (3, 3))
    palette.putpalette([255, 0, 0, 0, 255, 0])
    palette.save(out := io.BytesIO(), "PNG", transparency=1)
    assert opened(drawn_anew(out)[0]).info["transparency"] == 1


def test_four_colours_of_a_printer_become_three():
    Image.new("CMYK", (8, 8), (255, 0, 0, 0)).save(out := io.BytesIO(), "JPEG")
    assert opened(drawn_anew(out)[0]).mode == "RGB"


def test_a_large_picture_is_made_as_long_as_screens_are():
    octets, _ = drawn_anew(io.BytesIO(picture("PNG", (LONGEST * 2, 10))))
    assert opened(octets).size == (LONGEST, 5)


def test_of_a_moving_picture_the_first_frame_is_kept():
    frames = [Image.new("RGB", (4, 4), (n * 90, 0, 0)) for n in range(3)]
    frames[0].save(out := io.BytesIO(), "WEBP", save_all=True, append_images=frames[1:])
    assert opened(out.getvalue()).n_frames == 3
    assert getattr(opened(drawn_anew(out)[0]), "n_frames", 1) == 1


@pytest.mark.filterwarnings("ignore")
def test_a_bomb_is_refused_before_it_is_drawn(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1_000_000)
    with pytest.raises(Invalid) as refused:
        drawn_anew(io.BytesIO(picture("PNG", (1001, 1000))))
    assert [one.code for one in refused.value.problems["file"]] == ["too_large"]
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)  # Pillow's own limit comes first
    with pytest.raises(Invalid) as refused:
        drawn_anew(io.BytesIO(picture("PNG", (1001, 1000))))
    assert [one.code for one in refused.value.problems["file"]] == ["too_large"]


@pytest.mark.parametrize(
    ("octets", "code"),
    [
        (b"", "media_type"),
        (b"%PDF-1.7", "media_type"),
        (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "media_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "media_type"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 20, "media_type"),
        (picture("JPEG", (200, 200))[:400], "broken"),
        (picture("WEBP")[:40], "broken"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(octets, code):
    with pytest.raises(Invalid) as refused:
        drawn_anew(io.BytesIO(octets))
    assert [one.code for one in refused.value.problems["file"]] == [code]


@pytest.mark.filterwarnings("ignore")  # Pillow warns of what it can still draw
@given(st.sampled_from(sorted(SENT)), st.integers(0), st.binary(min_size=1, max_size=4))
def test_a_damaged_picture_is_drawn_or_refused(kind, place, octets):
    sent = bytearray(picture(kind, (16, 16), **SENT[kind]))
    at = place % len(sent)
    sent[at : at + len(octets)] = octets
    try:
        drawn, media_type = drawn_anew(io.BytesIO(bytes(sent)))
    except Invalid:
        return
    assert Image.MIME[opened(drawn).format or ""] == media_type
