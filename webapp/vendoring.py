"""Third-party browser files: fetched again on purpose, by a person, and checked by hash.

``python -m webapp.vendoring`` packs each package of ``static/vendor/manifest.toml`` with npm,
compares every hash, and writes the files and the icon sprite. ``--accept`` writes the hashes it
saw into the manifest: the one step to review when a version is raised.
"""

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "static" / "vendor"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _pack(name: str, version: str, folder: Path) -> bytes:
    command = ["npm", "pack", "--silent", f"{name}@{version}"]
    answer = subprocess.run(  # noqa: S603 - name and version come from our own manifest
        command, cwd=folder, check=True, capture_output=True, text=True
    )
    return (folder / answer.stdout.strip().splitlines()[-1]).read_bytes()


def _members(tarball: bytes, folder: Path) -> dict[str, bytes]:
    path = folder / "package.tgz"
    path.write_bytes(tarball)
    with tarfile.open(path) as archive:
        found = ((m.name.split("/", 1)[-1], archive.extractfile(m)) for m in archive)
        return {name: body.read() for name, body in found if body is not None}


def sprite(icons: list[str], drawings: dict[str, bytes]) -> bytes:
    """One SVG of ``<symbol id="i-NAME">``, from outline drawings of the family."""
    lines = ['<svg xmlns="http://www.w3.org/2000/svg">']
    for icon in sorted(icons):
        drawing = drawings[f"icons/outline/{icon}.svg"].decode()
        inner = re.sub(r"^.*?<svg[^>]*>|</svg>.*$|<!--.*?-->", "", drawing, flags=re.DOTALL)
        shapes = "".join(part.strip() for part in inner.splitlines())
        lines.append(f'<symbol id="i-{icon}" viewBox="0 0 24 24">{shapes}</symbol>')
    return ("\n".join([*lines, "</svg>"]) + "\n").encode()


class Vendoring:
    """One run over the manifest; `accept` records what was seen instead of refusing it."""

    def __init__(self, folder: Path, *, accept: bool) -> None:
        self.folder, self.accept = folder, accept
        self.text = (folder / "manifest.toml").read_text("utf-8")

    def _check(self, what: str, expected: str, data: bytes, key: str) -> None:
        seen = _sha256(data)
        if seen == expected:
            return
        if not self.accept:
            raise SystemExit(
                f"{what}: the hash is {seen}, the manifest says {expected or 'nothing'}"
            )
        place = self.text.index(what)
        start = self.text.index(f'{key} = "', place) + len(key) + 4
        end = self.text.index('"', start)
        self.text = self.text[:start] + seen + self.text[end:]

    def _package(self, package: dict[str, Any]) -> dict[str, bytes]:
        with tempfile.TemporaryDirectory() as name:
            tarball = _pack(package["name"], package["version"], Path(name))
            members = _members(tarball, Path(name))
        self._check(
            f'name = "{package["name"]}"', package["tarball_sha256"], tarball, "tarball_sha256"
        )
        for file in package["files"]:
            body = members[file["from"]]
            self._check(f'to = "{file["to"]}"', file["sha256"], body, "sha256")
            (self.folder / file["to"]).write_bytes(body)
        return members

    def run(self) -> None:
        manifest = tomllib.loads(self.text)
        packages = {p["name"]: self._package(p) for p in manifest["package"]}
        drawn = manifest["sprite"]
        body = sprite(drawn["icons"], packages[drawn["package"]])
        self._check(f'to = "{drawn["to"]}"', drawn["sha256"], body, "sha256")
        (self.folder / drawn["to"]).write_bytes(body)
        if self.accept:
            (self.folder / "manifest.toml").write_text(self.text, "utf-8")


if __name__ == "__main__":
    Vendoring(FOLDER, accept="--accept" in sys.argv).run()
