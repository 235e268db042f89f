"""No text is untranslated, no translation is broken, contradictory or left over."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

from core.i18n import LANGUAGES, LOCALES, catalogues

ROOT = Path(__file__).resolve().parents[1]
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# Folders of ours that hold texts for people; tests and benchmarks speak to developers.
AREAS = (
    "core", "search", "accounts", "datarooms", "listings", "billing", "mandates", "deals",
    "governance", "contracts", "shares", "resources", "matching", "syndication", "notifications",
    "reporting", "worker", "live", "webapp", "jurisdictions", "templates",
)  # fmt: skip
TRANSLATED = [language for language in LANGUAGES if language != "en"]


@dataclass
class Used:
    """Where a msgid stands in the sources, and its plural where it has one."""

    plural: str = ""
    places: list[str] = field(default_factory=list)


def sources() -> Iterator[tuple[str, Path]]:
    for area in AREAS:
        for path in sorted((ROOT / area).rglob("*")):
            if path.suffix == ".py":
                yield "python", path
            elif path.suffix in {".html", ".txt", ".xml", ".jinja"} and area == "templates":
                yield "jinja2.ext:babel_extract", path
    yield "python", ROOT / "bootstrap.py"


def extract() -> dict[tuple[str, str], Used]:
    found: dict[tuple[str, str], Used] = {}
    options = {"silent": "false", "newstyle_gettext": "true"}
    for method, path in sources():
        chosen = {} if method == "python" else options
        for line, message, _, context in extract_from_file(method, path, KEYWORDS, (), chosen):
            msgid, plural = message if isinstance(message, tuple) else (message, "")
            used = found.setdefault((context or "", msgid), Used())
            used.plural = used.plural or plural
            used.places.append(f"{path.relative_to(ROOT)}:{line}")
    return found


@pytest.fixture(scope="module")
def used():
    return extract()


@pytest.fixture(scope="module", params=TRANSLATED)
def fragments(request):
    return catalogues(request.param)


def messages(fragments):
    for name, catalogue in fragments.items():
        for message in catalogue:
            if message.id:
                msgid = message.id if isinstance(message.id, str) else message.id[0]
                yield name, (message.context or "", msgid), message


def forms(message):
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def placeholders(text: str) -> set[str]:
    """The `%(name)s` of a text with their conversions; a lone per cent sign is text."""
    names = set()
    for part in text.split("%(")[1:]:
        name, _, rest = part.partition(")")
        names.add(f"{name}:{rest[:1]}")
    return names


def test_the_extraction_finds_texts(used):
    assert len(used) > 30
    assert ("", "Beijing time") in used


def test_every_text_has_a_translation(used, fragments):
    translated = {key for _, key, message in messages(fragments) if all(forms(message))}
    missing = {key: one.places[0] for key, one in used.items() if key not in translated}
    listing = "\n".join(f"{place}  {key[1]!r}" for key, place in missing.items())
    assert not missing, f"{len(missing)} texts without a translation:\n{listing}"


def test_a_translation_has_the_placeholders_of_its_text(used, fragments):
    faults = []
    for name, key, message in messages(fragments):
        known = placeholders(key[1]) | placeholders(used[key].plural if key in used else "")
        allowed = (placeholders(key[1]), known)
        wrong = [form for form in forms(message) if placeholders(form) not in allowed]
        faults += [f"{name}: {key[1]!r} -> {form!r}" for form in wrong]
    assert not faults, "\n".join(faults)


def test_no_text_is_translated_in_two_ways(fragments):
    seen: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {}
    faults = []
    for name, key, message in messages(fragments):
        first = seen.setdefault(key, (name, forms(message)))
        if first[1] != forms(message):
            faults.append(f"{key[1]!r}: {first[0]} says {first[1]}, {name} says {forms(message)}")
    assert not faults, "\n".join(faults)


def test_no_translation_is_left_over(used, fragments):
    left = [f"{name}: {key[1]!r}" for name, key, _ in messages(fragments) if key not in used]
    assert not left, f"{len(left)} translations that no text uses:\n" + "\n".join(left)


def test_no_translation_is_doubtful_or_shouts(fragments):
    faults = [
        f"{name}: {key[1]!r}"
        for name, key, message in messages(fragments)
        if message.fuzzy or any(sign in form for form in forms(message) for sign in "!！")
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_fragment_says_a_text_twice(language):
    for path in sorted((LOCALES / language).glob("*.po")):
        ids = [line for line in path.read_text("utf-8").splitlines() if line.startswith("msgid ")]
        plain = [line for line in ids if line != 'msgid ""']
        repeated = {line for line in plain if plain.count(line) > 1}
        contexts = "msgctxt" in path.read_text("utf-8")
        assert contexts or not repeated, f"{path.name}: {sorted(repeated)}"
