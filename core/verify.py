"""Checks a sealed file without the market that made it: `python -m core.verify FILE [--key KEY]`.

Standard library only; this one file can be copied anywhere. A sealed file is a ZIP whose member
`seal.json` lists the SHA-256 of every other one and is signed with Ed25519 (RFC 8032). In it,
`diligence.json` holds the course of a deal: the entries of the audit chains, each of which names
the hash of the one before it, and the steps, offers and notices that they tell of.

What is found: any change of any byte. What cannot be found: that somebody made the whole file
anew and signed it with another key. Compare the key that is printed with the one that the market
publishes, or give that with `--key`.

Exit code: 0 sound, 1 not sound, 2 no such file.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FORMAT = "qiaoyi-sealed-1"
SEAL, COURSE = "seal.json", "diligence.json"


@dataclass
class Findings:
    """What was read, and every fault in plain words."""

    key: str = ""
    made_at: str = ""
    members: list[str] = field(default_factory=list)
    entries: int = 0
    steps: int = 0
    faults: list[str] = field(default_factory=list)


def verify(data: bytes, key: str = "") -> Findings:
    """Everything that can be checked. `key` is the market's public key, base64, where known."""
    found = Findings()
    members = _opened(data, found)
    if members is None:
        return found
    _check_seal(members, key, found)
    if COURSE in members and not found.faults:
        _check_course(members[COURSE], found)
    return found


def packed(members: Mapping[str, bytes]) -> bytes:
    """The one ZIP of these members: sorted, uncompressed, undated, so that no byte is free."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            about = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            about.create_system, about.external_attr = 3, 0o644 << 16
            archive.writestr(about, members[name])
    return out.getvalue()


def canonical(value: Any) -> bytes:
    """The one way to write a value down: sorted keys, no spaces, UTF-8."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def chain_hash(prev: str, stream: str, seq: int, body: str) -> str:
    """What the next entry of a chain must name."""
    return hashlib.sha256(f"{prev}{stream}{seq}{body}".encode()).hexdigest()


def notice_digest(notice: Mapping[str, Any]) -> str:
    """SHA-256 over what the public read in a notice."""
    return hashlib.sha256(
        json.dumps(notice, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()


def _opened(data: bytes, found: Findings) -> dict[str, bytes] | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if any(one.compress_type != zipfile.ZIP_STORED for one in archive.infolist()):
                found.faults.append("the archive is compressed; a sealed one never is")
                return None
            members = {name: archive.read(name) for name in archive.namelist()}
            again = packed(members)
    except Exception as error:  # noqa: BLE001  a broken archive breaks the library in many ways
        found.faults.append(f"this is no readable archive ({type(error).__name__})")
        return None
    if again != data:
        found.faults.append("the archive is not written as it was sealed")
    found.members = sorted(members)
    return members


def _check_seal(members: Mapping[str, bytes], key: str, found: Findings) -> None:
    try:
        seal = json.loads(members[SEAL])
        if canonical(seal) != members[SEAL] or seal["format"] != FORMAT:
            raise ValueError
        signature = base64.b64decode(seal.pop("signature"), validate=True)
        public = base64.b64decode(seal["key"], validate=True)
        listed, found.made_at, found.key = dict(seal["members"]), seal["made_at"], seal["key"]
    except (KeyError, TypeError, ValueError, AttributeError):
        found.faults.append(f"{SEAL} is missing or not as the market writes it")
        return
    if not signed(public, signature, canonical(seal)):
        found.faults.append("the signature does not fit what was signed")
    if key and key != found.key:
        found.faults.append(f"the seal is by the key {found.key}, not by {key}")
    for name in sorted(listed.keys() | members.keys() - {SEAL}):
        if name not in members:
            found.faults.append(f"{name} is missing")
        elif hashlib.sha256(members[name]).hexdigest() != listed.get(name):
            found.faults.append(f"{name} is not what was sealed")


def _check_course(text: bytes, found: Findings) -> None:
    try:
        course = json.loads(text)
        for stream, entries in course["chains"].items():
            _check_chain(stream, entries, found)
        _check_steps(course, found)
        _check_notices(course, found)
        _check_quotes(course["round"] or {}, found)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        found.faults.append(f"{COURSE} is not as the market writes it ({type(error).__name__})")


def _check_chain(stream: str, entries: list[dict[str, Any]], found: Findings) -> None:
    last = ""
    for seq, entry in enumerate(entries, start=1):
        found.entries += 1
        if entry["seq"] != seq or entry["prev"] != last:
            found.faults.append(f"{stream}: entry {seq} does not follow the one before it")
        if entry["hash"] != chain_hash(entry["prev"], stream, entry["seq"], entry["body"]):
            found.faults.append(f"{stream}: entry {seq} was edited")
        last = entry["hash"]


def _check_steps(course: Mapping[str, Any], found: Findings) -> None:
    """Each step of the deal must stand in its chain, in the same order, and no other."""
    bodies = [json.loads(entry["body"]) for entry in course["chains"][course["deal"]["stream"]]]
    moves = [body for body in bodies if "target" in body["ids"]]
    found.steps = len(course["steps"])
    if len(moves) != len(course["steps"]):
        found.faults.append(
            f"the chain tells of {len(moves)} steps, the file of {len(course['steps'])}"
        )
    for number, (move, step) in enumerate(zip(moves, course["steps"], strict=False), start=1):
        ids = move["ids"]
        told = {name: ids[name] for name in ("side", "source", "target")}
        same = all(step[name] == said for name, said in told.items()) and step["at"] == move["at"]
        if not same or any(ids.get(name) != said for name, said in step["evidence"].items()):
            found.faults.append(f"step {number} is not what the chain tells")
        if [rule["rule"] for rule in step["rules"]] != ids.get("rules", []):
            found.faults.append(f"step {number} names other rules than the chain")


def _check_notices(course: Mapping[str, Any], found: Findings) -> None:
    told = {
        body["ids"]["notice"]: body["ids"]["digest"]
        for entries in course["chains"].values()
        for body in (json.loads(entry["body"]) for entry in entries)
        if "digest" in body["ids"] and "notice" in body["ids"]
    }
    for notice in course["notices"]:
        if notice_digest(notice["published"]) != told.get(notice["id"]):
            found.faults.append(f"notice {notice['id']} is not what was published")


def _check_quotes(opened: Mapping[str, Any], found: Findings) -> None:
    """Each opened amount must be the one that was committed to before the deadline."""
    for quote in opened.get("quotes", []):
        if quote.get("nonce") is None or quote.get("minor") is None:
            continue
        ids = bytes.fromhex(opened["id"] + quote["registration"])
        secret = quote["minor"].to_bytes(8, "big") + bytes.fromhex(quote["nonce"])
        said = quote["schema"].encode() + b"\0" + ids + secret
        if hashlib.sha256(said).hexdigest() != quote["commitment"]:
            found.faults.append(f"quote {quote['n']} is not what was committed to")


# -- Ed25519, RFC 8032 section 5.1, only what verifying needs --------------------------------

_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)
Point = tuple[int, int, int, int]
"""X, Y, Z, T with x = X/Z, y = Y/Z and xy = T/Z."""


def signed(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the signature is the key's own of the message."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, commitment = _point(public), _point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or scalar >= _ORDER:
        return False
    challenge = hashlib.sha512(signature[:32] + public + message).digest()
    factor = int.from_bytes(challenge, "little") % _ORDER
    return _same(_times(scalar, _BASE), _plus(commitment, _times(factor, key)))


def _point(octets: bytes) -> Point | None:
    """A point from its 32 octets: y, and the sign of x; None if there is none."""
    number = int.from_bytes(octets, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    x = _x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % _P)


def _x_of(y: int, sign: int) -> int | None:
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    if square == 0:
        return None if sign else 0
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P:
        return None
    return x if x & 1 == sign else _P - x


def _plus(p: Point, q: Point) -> Point:
    a = (p[1] - p[0]) * (q[1] - q[0]) % _P
    b = (p[1] + p[0]) * (q[1] + q[0]) % _P
    c, d = 2 * p[3] * q[3] * _D % _P, 2 * p[2] * q[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(scalar: int, point: Point) -> Point:
    total: Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = _plus(total, point)
        point = _plus(point, point)
        scalar >>= 1
    return total


def _same(p: Point, q: Point) -> bool:
    return (p[0] * q[2] - q[0] * p[2]) % _P == 0 and (p[1] * q[2] - q[1] * p[2]) % _P == 0


_Y = 4 * pow(5, -1, _P) % _P
_X = _x_of(_Y, 0) or 0
_BASE: Point = (_X, _Y, 1, _X * _Y % _P)


def main() -> int:
    asked = argparse.ArgumentParser(
        prog="python -m core.verify", description="Checks a sealed file."
    )
    asked.add_argument("file", type=Path)
    asked.add_argument("--key", default="", help="the market's public key, as it publishes it")
    said = asked.parse_args()
    try:
        data = said.file.read_bytes()
    except OSError as error:
        print(f"{said.file}: {error.strerror}")
        return 2
    found = verify(data, said.key)
    for fault in found.faults:
        print(f"FAULT  {fault}")
    print(f"sealed {found.made_at or 'never'} by {found.key or 'nobody'}")
    print(f"{len(found.members)} members, {found.entries} chained entries, {found.steps} steps")
    print("NOT sound" if found.faults else "sound")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
