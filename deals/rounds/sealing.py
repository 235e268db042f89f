"""Sealed quotes: what the browser makes (`static/sealing.js`) and what the opening undoes.

Schema `qiaoyi-quote-1`. Numbers are big-endian; ids are the 16 octets that their 32 hexadecimal
characters name; ‖ is concatenation.

    secret     = amount in minor units (8 octets) ‖ nonce (32 random octets)
    commitment = SHA-256("qiaoyi-quote-1" ‖ 00 ‖ round ‖ registration ‖ secret)
    layer(K, m) = E ‖ AES-256-GCM(key, iv = 12 zero octets, aad = commitment, m)
        with a fresh X25519 pair (e, E) and
        key = HKDF-SHA-256(X25519(e, K), salt = E ‖ K, info = "qiaoyi-quote-1" ‖ 00 ‖ round)
    box        = layer(key of the second keeper, layer(key of the office, secret))

A key of `layer` is used once, so that the constant iv repeats for none. Both layers must be
opened, so neither keeper reads alone; every box has the same length, so none tells the amount.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SCHEMA: Final = "qiaoyi-quote-1"
_TAG: Final = SCHEMA.encode() + b"\0"
_AMOUNT: Final = 8
_NONCE: Final = 32
_LAYER: Final = 32 + 16
BOX_OCTETS: Final = _AMOUNT + _NONCE + 2 * _LAYER
LARGEST: Final = 2**63 - 1
_IV: Final = bytes(12)
_KEY: Final = re.compile(r"[0-9a-f]{64}")
_BOX: Final = re.compile(rf"[0-9a-f]{{{2 * BOX_OCTETS}}}")


@dataclass(frozen=True)
class Secret:
    """What a box holds: an amount in minor units, and the nonce that hides it."""

    minor: int
    nonce: str


@dataclass(frozen=True)
class Place:
    """Which round and which registration a quote is for: a box fits no other."""

    round: str
    registration: str


def is_key(text: str) -> bool:
    return _KEY.fullmatch(text) is not None


def is_box(text: str) -> bool:
    return _BOX.fullmatch(text) is not None


def commitment(place: Place, secret: Secret) -> str:
    """64 hexadecimal characters, the same for everybody who knows amount and nonce."""
    ids = bytes.fromhex(place.round) + bytes.fromhex(place.registration)
    return hashlib.sha256(_TAG + ids + _octets(secret)).hexdigest()


def public_of(private: str) -> str:
    """The public half of a private key, both in hexadecimal."""
    key = X25519PrivateKey.from_private_bytes(bytes.fromhex(private))
    return key.public_key().public_bytes_raw().hex()


def open_box(box: str, sealed_as: str, place: Place, office: str, second: str) -> Secret | None:
    """What the box holds, or None where the keys do not open it or it belies its commitment."""
    try:
        inner = _peel(second, bytes.fromhex(box), sealed_as, place)
        plain = _peel(office, inner, sealed_as, place)
    except (InvalidTag, ValueError):
        return None
    minor = int.from_bytes(plain[:_AMOUNT])
    secret = Secret(minor, plain[_AMOUNT:].hex())
    fits = 0 < minor <= LARGEST and len(plain) == _AMOUNT + _NONCE
    return secret if fits and commitment(place, secret) == sealed_as else None


def seal(secret: Secret, place: Place, office: str, second: str) -> tuple[str, str]:
    """(commitment, box), as the browser makes them: for programs and tests."""
    sealed_as = commitment(place, secret)
    inner = _wrap(office, _octets(secret), sealed_as, place)
    return sealed_as, _wrap(second, inner, sealed_as, place).hex()


def _octets(secret: Secret) -> bytes:
    return secret.minor.to_bytes(_AMOUNT) + bytes.fromhex(secret.nonce)


def _wrap(public: str, message: bytes, sealed_as: str, place: Place) -> bytes:
    pair = X25519PrivateKey.generate()
    shared = pair.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(public)))
    fresh = pair.public_key().public_bytes_raw()
    cipher = _cipher(shared, fresh, bytes.fromhex(public), place)
    return fresh + cipher.encrypt(_IV, message, bytes.fromhex(sealed_as))


def _peel(private: str, layer: bytes, sealed_as: str, place: Place) -> bytes:
    """Raises InvalidTag, ValueError."""
    key = X25519PrivateKey.from_private_bytes(bytes.fromhex(private))
    fresh, sealed = layer[:32], layer[32:]
    shared = key.exchange(X25519PublicKey.from_public_bytes(fresh))
    cipher = _cipher(shared, fresh, key.public_key().public_bytes_raw(), place)
    return cipher.decrypt(_IV, sealed, bytes.fromhex(sealed_as))


def _cipher(shared: bytes, fresh: bytes, public: bytes, place: Place) -> AESGCM:
    info = _TAG + bytes.fromhex(place.round)
    kdf = HKDF(algorithm=SHA256(), length=32, salt=fresh + public, info=info)
    return AESGCM(kdf.derive(shared))
