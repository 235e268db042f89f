"""Files from outside meet the scanner; what the market made does not."""

from __future__ import annotations

import io
import sys

import pytest

from core.files import FolderStore
from core.scanning import CommandScanner, FileHarmful, ScannerSilent

LOOKS = (
    "import sys; data = open(sys.argv[1], 'rb').read(); "
    "sys.exit({b'ok': 0, b'bad': 1}.get(data, 2))"
)
WAITS = "import time; time.sleep(30)"


def store(folder, program: str, patience: float = 20.0) -> FolderStore:
    return FolderStore(folder, CommandScanner(f'{sys.executable} -c "{program}"', patience))


def kept(folder) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


def test_a_clean_file_is_kept(tmp_path):
    stored = store(tmp_path, LOOKS).take(io.BytesIO(b"ok"), limit=10)
    assert kept(tmp_path) == [stored.sha256]


@pytest.mark.parametrize(
    ("program", "data", "refusal"),
    [(LOOKS, b"bad", FileHarmful), (LOOKS, b"odd", ScannerSilent), (WAITS, b"ok", ScannerSilent)],
)
def test_a_refused_file_is_not_kept(tmp_path, program, data, refusal):
    with pytest.raises(refusal):
        store(tmp_path, program, 20.0 if program is LOOKS else 0.2).take(io.BytesIO(data), limit=10)
    assert kept(tmp_path) == []


def test_a_scanner_that_is_not_there_lets_nothing_through(tmp_path):
    missing = FolderStore(tmp_path, CommandScanner(str(tmp_path / "no-such-scanner")))
    with pytest.raises(ScannerSilent):
        missing.take(io.BytesIO(b"ok"), limit=10)
    assert kept(tmp_path) == []


def test_what_the_market_made_and_a_market_without_scanner_keep_all(tmp_path):
    assert store(tmp_path, LOOKS).put(io.BytesIO(b"bad"), limit=10).size == 3
    assert FolderStore(tmp_path / "plain").take(io.BytesIO(b"bad"), limit=10).size == 3
