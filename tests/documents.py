"""Documents made of nothing, for tests: whole ones of each kind, and what people send instead."""

import io
import struct
import zipfile
import zlib

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PLACE = b"GPS 52.7,-2.7 Zephyrine's garden"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
MAIL = b"From: head@school.example\r\nDate: Tue, 3 Nov 2026 08:42:00 +0000\r\nSubject: A notice\r\n\r\nHello.\r\n"
TEXT = "Rang at 8:42am. £20 owed.\n".encode()


def outlook(*names: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"".join(name.encode("utf-16-le") for name in names)


MSG = outlook("__substg1.0_0037001F", "__properties_version1.0")


def png(*extra: bytes, width: int = 2, height: int = 2) -> bytes:
    """Return a grey picture, with extra chunks before its end."""
    points = zlib.compress(b"".join(b"\0" + b"\x80" * 2 for _ in range(2)))
    parts = (chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), *extra, chunk(b"IDAT", points))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + chunk(b"IEND", b"")


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def jpeg(*extra: bytes, width: int = 2, height: int = 2, behind: bytes = b"") -> bytes:
    """Return the frame of a picture: what its points say is not looked at."""
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\0")
    scan = segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd0\x56"
    start = b"\xff\xd8" + segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
    return start + b"".join(extra) + frame + scan + b"\xff\xd9" + behind


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def exif(turned: int) -> bytes:
    """Return a camera's segment: which way up the picture is, and where it was taken."""
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, turned, 0)
    return segment(0xE1, b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + bytes(4) + PLACE)


def word(parts: dict[str, str | bytes] | None = None, *, main: str = MAIN) -> bytes:
    """Return a Word document with further parts, or with parts in place of its own."""
    whole: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": links(("officeDocument", "word/document.xml", "")),
        "word/document.xml": "<document/>",
    }
    return archive(whole | (parts or {}))


def links(*targets: tuple[str, str, str]) -> str:
    """Return a list of links: kind, target, and "External" or nothing."""
    return "<Relationships>" + "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'
        for number, (kind, target, mode) in enumerate(targets)
    ) + "</Relationships>"  # fmt: skip


def archive(parts: dict[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return held.getvalue()


def locked(data: bytes) -> bytes:
    """Return an archive whose parts are all said to be encrypted."""
    changed = bytearray(data)
    for start, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(start)
        while at >= 0:
            changed[at + place] |= 1
            at = changed.find(start, at + 4)
    return bytes(changed)
