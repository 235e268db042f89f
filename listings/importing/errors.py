"""Why a file, or a step of an import, is refused; each sentence says what to do."""

from __future__ import annotations

from core.errors import NotFound, Refused
from core.i18n import N_


class FileRefused(Refused):
    """The file as a whole cannot be read; nothing of it was imported."""

    code = "import_file_refused"
    text = N_("This file cannot be imported.")
    status = 422


class FormatUnknown(FileRefused):
    code = "import_format_unknown"
    text = N_(
        "We read CSV, XLSX, JSON, JSON lines and USPTO XML. This file looks like none of them; "
        "save it in one of these formats and upload it again."
    )


class FileEmpty(FileRefused):
    code = "import_file_empty"
    text = N_("The file has no rows. Check that the right file was chosen.")


class FileTooLarge(FileRefused):
    code = "import_file_too_large"
    text = N_("The file is larger than %(limit)s MB. Split it and upload the parts.")


class EntitiesDeclared(FileRefused):
    code = "import_xml_entities"
    text = N_(
        "The XML declares entities, which can make a small file grow without bound or fetch other "
        "files. Export it without entity declarations."
    )


class XmlEncoding(FileRefused):
    code = "import_xml_encoding"
    text = N_("The XML is written in %(encoding)s, which we do not read. Save it as UTF-8.")


class XmlMalformed(FileRefused):
    code = "import_xml_malformed"
    text = N_("The XML is broken in line %(line)s. Fetch the file again from its source.")


class XmlTooDeep(FileRefused):
    code = "import_xml_too_deep"
    text = N_("The XML is nested deeper than %(limit)s levels; no patent document is.")


class XmlTooLarge(FileRefused):
    code = "import_xml_too_large"
    text = N_("One document in this file is larger than %(limit)s MB; no patent document is.")


class XmlForeign(FileRefused):
    code = "import_xml_foreign"
    text = N_(
        "The XML holds <%(root)s>, not a patent. We read the USPTO's us-patent-grant and "
        "us-patent-application."
    )


class SequenceListing(FileRefused):
    code = "import_xml_sequence"
    text = N_("A sequence listing, which belongs to a patent and is none itself, was left out.")


class JsonBroken(FileRefused):
    code = "import_json_broken"
    text = N_("The JSON is broken near character %(position)s. Export it again.")


class JsonTooDeep(FileRefused):
    code = "import_json_too_deep"
    text = N_("The JSON is nested deeper than %(limit)s levels. Export a flat list of records.")


class JsonShape(FileRefused):
    code = "import_json_shape"
    text = N_("We expect a list of records in JSON, and found something else at the top level.")


class ArchiveRefused(FileRefused):
    code = "import_archive_refused"
    text = N_(
        "The packed file unpacks to far more than its size suggests, so it was not opened. "
        "Unpack it, check it, and upload the contents."
    )


class ArchiveLinks(FileRefused):
    code = "import_archive_links"
    text = N_(
        "The packed file holds a link to another file, so it was not opened. "
        "Pack the file itself and upload it again."
    )


class ArchiveBroken(FileRefused):
    code = "import_archive_broken"
    text = N_("The packed file is damaged or protected by a password. Save it again without one.")


class ReaderStopped(FileRefused):
    code = "import_reader_stopped"
    text = N_(
        "Reading this file took more memory or time than one file may take. Save it with fewer "
        "rows, or as CSV."
    )


class MappingIncomplete(FileRefused):
    code = "import_mapping_incomplete"
    text = N_("No column is assigned to the title. Assign one and check the file again.")


class ImportNotFound(NotFound):
    code = "import_not_found"
    text = N_("There is no such import, or it belongs to another organisation.")


class NotChecked(Refused):
    code = "import_not_checked"
    text = N_("Check the file first: an import starts from the last check of its rows.")


class AlreadyStarted(Refused):
    code = "import_already_started"
    text = N_("This import was already started. Upload the file again to run it once more.")


class SeveralMembers(FileRefused):
    code = "import_several_members"
    text = N_("The packed file holds %(count)s files. Unpack it and upload them one by one.")
