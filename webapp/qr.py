"""QR codes as SVG, black on white whatever the theme, drawn with attributes only."""

import segno
from markupsafe import Markup


def qr_svg(address: str, label: str) -> Markup:
    """One path in an `svg.qr`; `label` is its name for readers of screens."""
    code = segno.make(address, error="m", micro=False)
    rows = code.matrix
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    side = len(rows) + 4
    drawing = Markup(
        '<svg class="qr" viewBox="-2 -2 {side} {side}" role="img" aria-label="{label}">'
        '<path d="{path}"/></svg>'
    )
    return drawing.format(side=side, label=label, path=path)
