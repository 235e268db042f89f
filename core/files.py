"""The file store: content-addressed, so the same bytes are kept once and cannot change unseen."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Protocol

from core.scanning import NoScanner, Scanner

_CHUNK: Final = 1 << 20


@dataclass(frozen=True)
class StoredBytes:
    """What was stored: SHA-256 in hex, and the size in octets."""

    sha256: str
    size: int


class FileTooLarge(Exception):  # noqa: N818
    """More octets came than allowed; nothing was kept."""


class FileStore(Protocol):
    """A port: a folder, or a bucket. Storing is not referring: who may read is said elsewhere."""

    def put(self, stream: IO[bytes], *, limit: int) -> StoredBytes: ...

    def take(self, stream: IO[bytes], *, limit: int) -> StoredBytes: ...

    def open(self, sha256: str) -> IO[bytes]: ...

    def path(self, sha256: str) -> Path: ...

    def remove(self, sha256: str) -> None: ...


class FolderStore:
    """Files in a folder, two levels deep by hash; a file appears whole or not at all."""

    def __init__(self, root: Path, scanner: Scanner | None = None) -> None:
        self._root, self._scanner = root, scanner or NoScanner()

    def put(self, stream: IO[bytes], *, limit: int) -> StoredBytes:
        """What the market made itself. Raises FileTooLarge beyond `limit` octets."""
        return self._keep(stream, limit, NoScanner())

    def take(self, stream: IO[bytes], *, limit: int) -> StoredBytes:
        """What somebody sent. Raises FileTooLarge; FileHarmful, ScannerSilent."""
        return self._keep(stream, limit, self._scanner)

    def _keep(self, stream: IO[bytes], limit: int, scanner: Scanner) -> StoredBytes:
        self._root.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        handle, name = tempfile.mkstemp(dir=self._root, prefix=".incoming-")
        try:
            with os.fdopen(handle, "wb") as out:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    if size > limit:
                        raise FileTooLarge
                    digest.update(chunk)
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            scanner.scan(Path(name))
            target = self.path(digest.hexdigest())
            target.parent.mkdir(parents=True, exist_ok=True)
            Path(name).replace(target)
        finally:
            Path(name).unlink(missing_ok=True)
        return StoredBytes(digest.hexdigest(), size)

    def open(self, sha256: str) -> IO[bytes]:
        """Raises FileNotFoundError where nothing has that hash."""
        return self.path(sha256).open("rb")

    def remove(self, sha256: str) -> None:
        """For a file that one row alone refers to; removing it twice is removing it once."""
        self.path(sha256).unlink(missing_ok=True)

    def path(self, sha256: str) -> Path:
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise FileNotFoundError(sha256)
        return self._root / sha256[:2] / sha256[2:4] / sha256
