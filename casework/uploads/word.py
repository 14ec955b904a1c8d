"""Word documents: an archive that is looked into before it is kept, and never unpacked."""

import io
import zipfile
import zlib

from defusedxml import DefusedXmlException, ElementTree

from casework.uploads.refused import Refused

MOST_PARTS = 2000
MOST_UNPACKED = 200 * 1024**2
LARGEST_LIST = 1024**2
DAMAGED = "The Word document is damaged: open it, save it anew and choose it again."
NOT_WORD = "The file is an archive or an Office file that is no Word document (.docx). Save it as PDF and choose that."
MACROS = "The document holds a macro: save it as a Word document without macros, or as PDF, and choose that."
POINTS_OUT = "The document takes a part of itself from elsewhere: save it as PDF and choose that."
TOO_LARGE = "The document unpacks to more than can be looked at: save it as PDF and choose that."
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ENCRYPTED = 0x1


def check_word(data: bytes) -> None:
    """Raise Refused for an archive that is no Word document, or one with macros, embedded objects or parts elsewhere.

    A link that somebody may follow is let be; nothing is fetched by opening the document.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_parts(archive)
            _check_main(archive)
            for name in archive.namelist():
                if name.lower().endswith(".rels"):
                    _check_links(archive, name)
    except (
        zipfile.BadZipFile,
        zlib.error,
        ElementTree.ParseError,
        DefusedXmlException,
        ValueError,
        EOFError,
    ) as broken:
        raise Refused(DAMAGED) from broken
    except (NotImplementedError, RuntimeError, OSError) as unknown:
        raise Refused(DAMAGED) from unknown


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if "word/document.xml" not in names or "[Content_Types].xml" not in names:
        raise Refused(NOT_WORD)
    if len(set(names)) != len(names):
        raise Refused(DAMAGED)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused(TOO_LARGE)
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise Refused("The file is locked with a password: take the password off and choose it again.")
    for name in (each.lower() for each in names):
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            raise Refused(DAMAGED)
        if "vbaproject" in name or "vbadata" in name:
            raise Refused(MACROS)
        if "/embeddings/" in name or "/activex/" in name:
            raise Refused("The document holds another file or a control: save it as PDF and choose that.")


def _check_main(archive: zipfile.ZipFile) -> None:
    types = [each.get("ContentType", "") for each in ElementTree.fromstring(_read(archive, "[Content_Types].xml"))]
    if any("macroenabled" in each.lower() or "vba" in each.lower() for each in types):
        raise Refused(MACROS)
    if MAIN not in types:
        raise Refused(NOT_WORD)


def _check_links(archive: zipfile.ZipFile, name: str) -> None:
    for link in ElementTree.fromstring(_read(archive, name)):
        outside = link.get("TargetMode", "").lower() == "external"
        if outside and not link.get("Type", "").endswith("/hyperlink"):
            raise Refused(POINTS_OUT)


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        data = part.read(LARGEST_LIST + 1)
    if len(data) > LARGEST_LIST:
        raise Refused(TOO_LARGE)
    return data
