"""The stand-alone verifier: its signatures against RFC 8032 and the library, its archives."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from core import verify
from core.audit import public_key
from core.sealed import sealed

WHEN = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
RFC_8032 = [  # section 7.1: public key, message, signature
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


def raw(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


@pytest.mark.parametrize(("public", "message", "signature"), RFC_8032)
def test_signatures_of_the_standard(public, message, signature):
    key, text, signed = (bytes.fromhex(one) for one in (public, message, signature))
    assert verify.signed(key, signed, text)
    assert not verify.signed(key, signed, text + b"\0")


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 511))
def test_the_library_signs_what_is_verified_and_no_bit_of_it_may_change(message, bit):
    signature = bytearray(KEY.sign(message))
    assert verify.signed(raw(KEY), bytes(signature), message)
    signature[bit // 8] ^= 1 << bit % 8
    assert not verify.signed(raw(KEY), bytes(signature), message)


def test_a_scalar_beyond_the_order_is_no_signature():
    """RFC 8032 section 5.1.7: else one message would have two signatures."""
    signature = KEY.sign(b"once")
    order = 2**252 + 27742317777372353535851937790883648493
    scalar = int.from_bytes(signature[32:], "little") + order
    assert not verify.signed(raw(KEY), signature[:32] + scalar.to_bytes(32, "little"), b"once")


def test_a_sealed_file_is_sound_and_says_by_whom():
    data = sealed({"a.txt": "一".encode(), "b/c.bin": b"\0" * 99}, KEY, WHEN)
    found = verify.verify(data)
    assert found.faults == []
    assert (found.key, found.made_at) == (public_key(KEY), WHEN.isoformat())
    assert sealed({"b/c.bin": b"\0" * 99, "a.txt": "一".encode()}, KEY, WHEN) == data


def test_another_key_is_found_only_by_whom_knows_the_right_one():
    forged = sealed({"a.txt": b"a"}, Ed25519PrivateKey.from_private_bytes(bytes(32)), WHEN)
    assert verify.verify(forged).faults == []
    (fault,) = verify.verify(forged, public_key(KEY)).faults
    assert public_key(KEY) in fault


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"{}", b"\0" * 1000])
def test_what_is_no_archive_is_said_to_be_none(data):
    assert verify.verify(data).faults


def test_the_program_stands_alone(tmp_path):
    """Copied somewhere, without this package or any library."""
    program, file = tmp_path / "verify.py", tmp_path / "file.zip"
    program.write_bytes(Path(verify.__file__).read_bytes())
    file.write_bytes(sealed({"a.txt": b"a"}, KEY, WHEN))

    def run(*more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "-S", str(program), *more]
        return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)

    sound = run(str(file), "--key", public_key(KEY))
    assert (sound.returncode, sound.stdout.splitlines()[-1]) == (0, "sound")
    file.write_bytes(file.read_bytes().replace(b"a.txt", b"b.txt"))
    bad = run(str(file))
    assert (bad.returncode, bad.stdout.splitlines()[-1]) == (1, "NOT sound")
    assert run(str(tmp_path / "none.zip")).returncode == 2
