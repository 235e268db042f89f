"""How much of a file we read. Beyond a limit we say so; nothing is cut off in silence."""

from __future__ import annotations

from typing import Final

MAX_FILE: Final = 4 * 1024**3
"""Bytes of an uploaded file: a weekly patent file unpacked stays below."""
MAX_CELL: Final = 120_000
"""Characters of one cell; the longest full text of a patent we met has some 60,000."""
MAX_RECORD: Final = 4 * 1024**2
"""Characters of one JSON record."""
MAX_COLUMNS: Final = 500
MAX_DEPTH: Final = 64
"""Nesting of JSON and XML; patent documents reach about 20."""
MAX_DOCUMENT: Final = 64 * 1024**2
"""Bytes of one XML document inside a file."""
MAX_PROLOG: Final = 16 * 1024
MAX_SHEET_BYTES: Final = 1024**3
"""Bytes that a workbook's parts may unpack to, all together."""
MAX_RATIO: Final = 200
"""Unpacked to packed, for any archive member of more than a megabyte."""
MAX_MEMBERS: Final = 2_000
CHILD_MEMORY: Final = 1536 * 1024**2
CHILD_SECONDS: Final = 300
PREVIEW_ROWS: Final = 20
SAMPLE: Final = 512 * 1024
"""Bytes looked at when an encoding is chosen."""
