"""Pictures without what a camera writes into them: where it was taken, when, with what, and comments."""

import struct
import zlib
from collections.abc import Iterator

from casework.uploads.refused import Refused

JPEG = b"\xff\xd8\xff"
PNG = b"\x89PNG\r\n\x1a\n"
MOST_PIXELS = 60_000_000
DAMAGED = "The picture is damaged or cut short: open it, save it anew and choose it again."
TOO_MANY = f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels: make it smaller and choose it again."

# What draws the picture. iCCP, tEXt, zTXt, iTXt, eXIf and tIME may hold words, and so do chunks that nobody knows.
_PNG_KEPT = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs")
)
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _END, _EXIF, _COMMENT = 0xDA, 0xD9, 0xE1, 0xFE
# JFIF and Adobe: how the colours are meant.
_NEEDED = {0xE0: b"JFIF\0", 0xEE: b"Adobe"}
_ORIENTATION = 0x0112


def stripped_png(data: bytes) -> bytes:
    """Return the picture with nothing but what draws it. Raises Refused for one that is damaged or vast."""
    kept, place = [PNG], len(PNG)
    kinds: list[bytes] = []
    while not kinds or kinds[-1] != b"IEND":
        if place + 12 > len(data):
            raise Refused(DAMAGED)
        length = int.from_bytes(data[place : place + 4])
        whole = data[place : place + 12 + length]
        if len(whole) < 12 + length or zlib.crc32(whole[4:-4]) != int.from_bytes(whole[-4:]):
            raise Refused(DAMAGED)
        kinds.append(whole[4:8])
        if whole[4:8] in _PNG_KEPT:
            kept.append(whole)
        place += len(whole)
    first = data[len(PNG) :]
    if kinds[0] != b"IHDR" or b"IDAT" not in kinds or len(first) < 25:
        raise Refused(DAMAGED)
    _check_size(*struct.unpack(">II", first[8:16]))
    return b"".join(kept)


def stripped_jpeg(data: bytes) -> bytes:
    """Return the picture with nothing but what draws it and which way up. Raises Refused for one damaged or vast."""
    kept, upright, framed, scanned = [], b"", False, False
    for marker, whole in _segments(data):
        body = whole[4:]
        if marker == _EXIF and body.startswith(b"Exif\0\0"):
            upright = upright or _which_way_up(body[6:])
        if marker in _FRAMES:
            if len(body) < 5:
                raise Refused(DAMAGED)
            height, width = struct.unpack(">HH", body[1:5])
            _check_size(width, height)
            framed = True
        scanned = scanned or marker == _SCAN
        dropped = marker == _COMMENT or (0xE0 <= marker <= 0xEF and not body.startswith(_NEEDED.get(marker, b"\0none")))
        if not dropped:
            kept.append(whole)
    if not framed or not scanned:
        raise Refused(DAMAGED)
    return b"\xff\xd8" + upright + b"".join(kept)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each marker with its bytes, a scan with the points that follow it. Raises Refused where the file breaks off."""
    place = 2
    while True:
        if place + 2 > len(data) or data[place] != 0xFF:
            raise Refused(DAMAGED)
        marker = data[place + 1]
        if marker == 0xFF:  # a filling byte
            place += 1
            continue
        if marker == _END:
            yield marker, data[place : place + 2]
            return
        length = int.from_bytes(data[place + 2 : place + 4])
        end = place + 2 + length
        if length < 2 or end > len(data):
            raise Refused(DAMAGED)
        if marker == _SCAN:
            end = _end_of_points(data, end)
        yield marker, data[place:end]
        place = end


def _end_of_points(data: bytes, place: int) -> int:
    while True:
        place = data.find(b"\xff", place)
        if place < 0 or place + 1 >= len(data):
            raise Refused(DAMAGED)
        if data[place + 1] != 0 and not 0xD0 <= data[place + 1] <= 0xD7:
            return place
        place += 2


def _which_way_up(exif: bytes) -> bytes:
    """Return a segment that says only which way up the picture is, or nothing where that is not said."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    if order is None or len(exif) < 10:
        return b""
    start = struct.unpack(order + "I", exif[4:8])[0]
    if start + 2 > len(exif):
        return b""
    count = struct.unpack(order + "H", exif[start : start + 2])[0]
    for number in range(min(count, 100)):
        entry = exif[start + 2 + 12 * number : start + 14 + 12 * number]
        if len(entry) == 12 and struct.unpack(order + "HH", entry[:4]) == (_ORIENTATION, 3):
            turned = struct.unpack(order + "H", entry[8:10])[0]
            body = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)
            return b"\xff\xe1" + (len(body) + 2).to_bytes(2) + body if 2 <= turned <= 8 else b""
    return b""


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise Refused(DAMAGED)
    if width * height > MOST_PIXELS:
        raise Refused(TOO_MANY)
