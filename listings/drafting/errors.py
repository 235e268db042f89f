"""Why no draft can be made from a dropped document."""

from __future__ import annotations

from core.i18n import N_
from listings.importing.errors import FileRefused


class DocumentUnknown(FileRefused):
    code = "draft_document_unknown"
    text = N_("A draft can be made from a Word (.docx) or PDF file. Save the text as one of them.")


class DocumentEmpty(FileRefused):
    code = "draft_document_empty"
    text = N_(
        "No text was found in the document; it may be a scan. Type the title and one sentence, "
        "and attach the file."
    )


class DocumentProtected(FileRefused):
    code = "draft_document_protected"
    text = N_("The document is protected by a password. Save it without one.")


class DocumentBroken(FileRefused):
    code = "draft_document_broken"
    text = N_("The document is damaged and cannot be read. Open it, save it again, and drop that.")


class DocumentTooLarge(FileRefused):
    code = "draft_document_too_large"
    text = N_("The document is larger than %(limit)s MB. Drop the part that describes the result.")
