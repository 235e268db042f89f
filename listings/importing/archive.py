"""What is safe about a zip container, decided from its directory before anything is unpacked."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path
from typing import Final

from listings.importing.errors import ArchiveBroken, ArchiveLinks, ArchiveRefused
from listings.importing.limits import MAX_FILE, MAX_MEMBERS, MAX_RATIO, MAX_SHEET_BYTES

_SMALL: Final = 1 << 20


def check_archive(path: Path, limit: int = MAX_SHEET_BYTES) -> zipfile.ZipFile:
    """The opened archive. Raises ArchiveBroken, ArchiveLinks and, for a bomb, ArchiveRefused.

    Sizes in the directory may lie, so whoever unpacks counts again (`unpack_member`).
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise ArchiveBroken from error
    members = archive.infolist()
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > limit:
        archive.close()
        raise ArchiveRefused
    for member in members:
        if member.flag_bits & 1:
            archive.close()
            raise ArchiveBroken
        if member.file_size > max(_SMALL, member.compress_size * MAX_RATIO):
            archive.close()
            raise ArchiveRefused
        if stat.S_ISLNK(member.external_attr >> 16):  # as archivers of Unix write one
            archive.close()
            raise ArchiveLinks
    return archive


def is_workbook(archive: zipfile.ZipFile) -> bool:
    return "xl/workbook.xml" in archive.namelist()


def unpack_member(archive: zipfile.ZipFile, member: str, target: Path) -> None:
    """Writes one member to `target`, which we chose: names inside the archive decide no path."""
    left = MAX_FILE
    try:
        with archive.open(member) as source, target.open("wb") as file:
            while block := source.read(1 << 20):
                left -= len(block)
                if left < 0:
                    raise ArchiveRefused
                file.write(block)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise ArchiveBroken from error


def data_members(archive: zipfile.ZipFile) -> list[str]:
    """The files inside that could be imported, in the archive's order."""
    kinds = (".csv", ".tsv", ".txt", ".xlsx", ".json", ".jsonl", ".ndjson", ".xml")
    names = (member.filename for member in archive.infolist() if not member.is_dir())
    return [
        name for name in names if name.lower().endswith(kinds) and not name.startswith("__MACOSX/")
    ]
