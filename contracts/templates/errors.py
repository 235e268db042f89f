"""What templates refuse."""

from __future__ import annotations

from core.errors import Refused
from core.i18n import N_


class TemplateRetired(Refused):
    code = "template_retired"
    text = N_("This template was retired already. Load the page to see which are in use.")
