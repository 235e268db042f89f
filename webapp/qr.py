"""QR codes as SVG, black on white whatever the theme, drawn with attributes only."""

from markupsafe import Markup

from core.qr import QUIET, code


def qr_svg(address: str, label: str) -> Markup:
    """One path in an `svg.qr`; `label` is its name for readers of screens."""
    drawn = code(address)
    drawing = Markup(
        '<svg class="qr" viewBox="-{quiet} -{quiet} {side} {side}" role="img" aria-label="{label}">'
        '<path d="{path}"/></svg>'
    )
    side = drawn.side + 2 * QUIET
    return drawing.format(quiet=QUIET, side=side, label=label, path=drawn.path)
