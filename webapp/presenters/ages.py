"""How long something has waited, and what a browser calls itself, in few words."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from core.i18n import N_
from webapp.language import page_language, plain

_STEPS: Final = (
    (timedelta(days=1), N_("%(num)s d")),
    (timedelta(hours=1), N_("%(num)s h")),
    (timedelta(minutes=1), N_("%(num)s min")),
)
_BROWSERS: Final = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("HeadlessChrome", "Chrome"),
    ("Chrome", "Chrome"),
    ("Version", "Safari"),
)
_SYSTEMS: Final = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def age(since: datetime | None, now: datetime) -> str:
    """The time that has passed, in its largest unit: `3 d`. Nothing for what has no date."""
    if since is None:
        return ""
    passed = max(now - since, timedelta())
    for unit, words in _STEPS:
        if passed >= unit:
            return plain(words, num=f"{passed // unit:,}")
    return plain(N_("just now"))


def browser_name(agent: str) -> str:
    """`Firefox 128, Windows`; what says neither is shown as it came, cut short."""
    name = next((f"{known} {found[1]}" for sign, known in _BROWSERS
                 if (found := re.search(rf"\b{sign}\w*/(\d+)", agent))), "")  # fmt: skip
    system = next((known for sign, known in _SYSTEMS if sign in agent), "")
    comma = "，" if page_language() == "zh" else ", "
    return comma.join(part for part in (name, system) if part) or agent[:60]
