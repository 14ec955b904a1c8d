"""Documents that people attach: the bytes of a file in, what it is and what is kept of it out.

found = read_document(file.read())      # raises Refused, whose message is shown as it is
found.type                              # a key of DOCUMENT_TYPES: known by the content, whatever the name says
found.content                           # what to keep: of a picture without place, camera and comments
"""

import re
from dataclasses import dataclass
from email.parser import BytesHeaderParser

from casework.uploads.kinds import OLE, OTHERS, ZIP
from casework.uploads.pictures import JPEG, PNG, stripped_jpeg, stripped_png
from casework.uploads.refused import Refused
from casework.uploads.word import check_word

ACCEPTED = "PDF, Word (.docx), JPEG, PNG, mail (.eml or .msg) or plain text"
SAVE_AS = f"Save it as one of these and choose it again: {ACCEPTED}."
LOCKED = "The file is locked with a password: take the password off and choose it again."

_PDF = re.compile(rb"%PDF-\d\.\d")
# An archive's own last record, which may be as far from the end as its longest comment.
_ZIP_END, _ZIP_TAIL = b"PK\x05\x06", 66_000
_MARKUP = re.compile(
    r"\A\s*<(?:!|\?|html|head|body|svg|script|style|table|iframe|object|embed|img|a\s|div|p\b|meta|link|x\w*:)", re.I
)
_HEADER = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:From [^\n]+\n)?[!-9;-~]{2,60}:[ \t\r\n]")
_MAIL_SAYS = ("from", "date")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class ReadDocument:
    type: str
    content: bytes


CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "jpg": "image/jpeg",
    "png": "image/png",
    "eml": "message/rfc822",
    "msg": "application/vnd.ms-outlook",
    "txt": "text/plain",
}
"""How a file of each type is handed out."""


def read_document(data: bytes) -> ReadDocument:
    """Return what a file is and what to keep of it. Raises Refused for every file that is not kept."""
    if not data.strip(b" \t\r\n\0"):
        raise Refused("The file is empty.")
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(JPEG):
        return ReadDocument("jpg", stripped_jpeg(data))
    if data.startswith(PNG):
        return ReadDocument("png", stripped_png(data))
    if data.startswith(ZIP):
        check_word(data)
        return ReadDocument("docx", data)
    if data.startswith(OLE):
        return _outlook(data)
    for start, kind in OTHERS:
        if data.startswith(start):
            raise Refused(f"The file is {kind}, whatever its name says. {SAVE_AS}")
    return _text(data)


def _pdf(data: bytes) -> ReadDocument:
    end = data.rfind(b"%%EOF")
    if not _PDF.match(data) or end < 0:
        raise Refused("The PDF is damaged or cut short: open it, save it anew and choose it again.")
    if data[end + 5 :].strip(b" \t\r\n\0") or _ZIP_END in data[-_ZIP_TAIL:]:
        raise Refused("The PDF holds another file behind it: print it to a new PDF and choose that.")
    if b"/Encrypt" in data:
        raise Refused(LOCKED)
    if b"/Launch" in data or b"/EmbeddedFile" in data:
        raise Refused("The PDF carries other files or starts programs: print it to a new PDF and choose that.")
    return ReadDocument("pdf", data)


def _outlook(data: bytes) -> ReadDocument:
    def names(text: str) -> bool:
        return text.encode("utf-16-le") in data

    if names("EncryptedPackage"):
        raise Refused(LOCKED)
    if names("__properties_version1.0") and names("__substg1.0_"):
        return ReadDocument("msg", data)
    raise Refused(f"The file is an old Office document. {SAVE_AS}")


def _text(data: bytes) -> ReadDocument:
    text = _decoded(data)
    if _MARKUP.match(text) or "<script" in text.lower():
        raise Refused(f"The file is a web page, a drawing or XML, whatever its name says. {SAVE_AS}")
    if text.startswith("#!"):
        raise Refused(f"The file is a program, whatever its name says. {SAVE_AS}")
    if _HEADER.match(data):
        headers = BytesHeaderParser().parsebytes(data)
        if all(headers.get(name) for name in _MAIL_SAYS):
            return ReadDocument("eml", data)
    return ReadDocument("txt", data)


def _decoded(data: bytes) -> str:
    """Return the text of bytes that are text. Raises Refused for others."""
    encodings = ("utf-16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROLS.search(text):
            return text
    raise Refused(f"The file is of no kind that is kept. {SAVE_AS}")
