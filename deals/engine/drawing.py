"""A mode as the manual prints it: a diagram and a table, written from the declaration alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from deals.engine.declaration import AUTOMATIC, Mode, Transition

BEGIN: Final = "<!-- modes: written by `flask --app wsgi deals draw` -->"
END: Final = "<!-- /modes -->"
_HEAD: Final = "| from | act | by | to | guards | effects | rules |\n|---|---|---|---|---|---|---|"


def drawn(document: str, modes: Iterable[Mode]) -> str:
    """The document with every mode drawn between its two marks. Raises ValueError without them."""
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the document has no place between {BEGIN} and {END}")
    parts = "\n".join(_section(mode) for mode in modes)
    return f"{before}{BEGIN}\n{parts}\n{END}{after}"


def diagram(mode: Mode) -> str:
    """A mermaid state diagram: one arrow per pair of states, labelled with what takes it."""
    lines = ["stateDiagram-v2", f"  [*] --> {mode.start}"]
    arrows: dict[tuple[str, str], list[str]] = {}
    for t in mode.transitions:
        if t.source != t.target:
            arrows.setdefault((t.source, t.target), []).append(_name(t))
    for (source, target), names in arrows.items():
        lines.append(f"  {source} --> {target}: {', '.join(dict.fromkeys(names))}")
    lines += [f"  {state.code} --> [*]" for state in mode.states if state.final]
    return "\n".join(lines)


def table(mode: Mode) -> str:
    """One row per transition, in the order of the declaration: the first that passes is taken."""
    return "\n".join((_HEAD, *(_row(t) for t in mode.transitions)))


def _section(mode: Mode) -> str:
    states = "\n".join(
        f"- `{state.code}`: {state.label}. {state.why}{' *Final.*' if state.final else ''}"
        for state in mode.states
    )
    clocks = ", ".join(f"`{clock.state}` until the end of {clock.instant}" for clock in mode.clocks)
    return (
        f"\n### {mode.label} (`{mode.code}`)\n\n```mermaid\n{diagram(mode)}\n```\n\n{states}\n\n"
        f"{table(mode)}\n\nClocks: {clocks or 'none'}.\n"
    )


def _row(t: Transition) -> str:
    by = ", ".join(sorted(t.by))
    cells = (t.source, _name(t), by, t.target, _words(t.guards), _words(t.effects))
    return f"| {' | '.join(cells)} | {', '.join(f'`{rule}`' for rule in t.rules)} |"


def _name(t: Transition) -> str:
    return "by itself" if t.act == AUTOMATIC else _words((t.act,))


def _words(codes: Iterable[str]) -> str:
    return "; ".join(code.replace("_", " ") for code in codes)
