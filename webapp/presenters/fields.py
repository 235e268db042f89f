"""What the fields of a listing are called, and in which step of the form they stand."""

from core.i18n import N_

FIELDS = {
    "title": (N_("Title"), 1),
    "value_line": (N_("One sentence on what is better"), 1),
    "abstract": (N_("Abstract"), 1),
    "keywords": (N_("Keywords"), 2),
    "classes": (N_("Fields and industries"), 2),
    "trl": (N_("Readiness"), 3),
    "patents": (N_("Patent numbers"), 3),
    "members": (N_("What the package contains"), 3),
    "ways": (N_("Ways of transfer"), 4),
    "contributors": (N_("Contributors"), 5),
    "contact": (N_("Who answers questions"), 5),
}
NEED_FIELDS = {
    "contact": N_("Who answers questions"),
    "budget": N_("Budget"),
    "deadline": N_("Deadline"),
    "region": N_("Region"),
    "keywords": N_("Keywords"),
    "classes": N_("Fields and industries"),
}
