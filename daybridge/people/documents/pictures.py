"""Whether a picture is whole and of a size that harms nobody who opens it. Pure; nothing is decoded but counted."""

import struct
import zlib
from collections.abc import Iterator

from daybridge.kit.errors import BadInput

PNG = b"\x89PNG\r\n\x1a\n"
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the JPEG markers that tell a size
BARE = frozenset({0x01, *range(0xD0, 0xD8)})
MOST_SCANS = 100
SIDE_CHUNK = 1 << 20
STEP = 1 << 20
DAMAGED = "The picture is cut short or damaged."


def check_png(data: bytes, pixels: int) -> None:
    """Raise BadInput unless every chunk is whole, the size is bearable, and the pixels unpack to that size."""
    kinds, packed, expected = [], [], 0
    for kind, body in _chunks(data):
        if not kinds and (kind != b"IHDR" or len(body) != 13):
            raise BadInput(DAMAGED)
        if kind == b"IHDR":
            expected = _rows(body, pixels)
        elif kind == b"IDAT":
            packed.append(body)
        elif len(body) > SIDE_CHUNK and kind not in (b"PLTE", b"fdAT"):
            raise BadInput("The picture carries more than a picture.")
        kinds.append(kind)
    if kinds[-1:] != [b"IEND"] or not packed or kinds.count(b"IHDR") != 1:
        raise BadInput(DAMAGED)
    _check_rows(b"".join(packed), expected)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    here = len(PNG)
    while here < len(data):
        head = data[here : here + 8]
        if len(head) < 8:
            raise BadInput(DAMAGED)
        length, kind = struct.unpack(">I4s", head)
        body, sums = data[here + 8 : here + 8 + length], data[here + 8 + length : here + 12 + length]
        if len(body) < length or len(sums) < 4 or zlib.crc32(body, zlib.crc32(kind)) != struct.unpack(">I", sums)[0]:
            raise BadInput(DAMAGED)
        yield kind, body
        here += 12 + length
        if kind == b"IEND" and here != len(data):
            raise BadInput("The picture carries more than a picture.")


def _rows(head: bytes, pixels: int) -> int:
    """Check the size; how many bytes the pixels take (a little more when they come interlaced)."""
    width, height, depth, color, *_rest = struct.unpack(">IIBBBBB", head)
    _check_size(width, height, pixels)
    if color not in CHANNELS or depth not in (1, 2, 4, 8, 16):
        raise BadInput(DAMAGED)
    return (width * depth * CHANNELS[color] // 8 + 2) * height * 2 + 64


def _check_rows(packed: bytes, most: int) -> None:
    machine, count = zlib.decompressobj(), 0
    try:
        piece = machine.decompress(packed, STEP)
        while piece and count <= most:
            count += len(piece)
            piece = machine.decompress(machine.unconsumed_tail, STEP)
    except zlib.error:
        raise BadInput(DAMAGED) from None
    if count > most:
        raise BadInput("The picture unpacks to more than its size says.")
    if not machine.eof:
        raise BadInput(DAMAGED)


def _check_size(width: int, height: int, pixels: int) -> None:
    if not width or not height:
        raise BadInput(DAMAGED)
    if width * height > pixels:
        raise BadInput(
            "The picture has more than {most} megapixels, the most a record takes.", most=pixels // 1_000_000
        )


def check_jpeg(data: bytes, pixels: int) -> None:
    """Raise BadInput unless the markers lead to a frame of a bearable size, a scan, and an end."""
    sized = False
    for marker, body in _segments(data):
        if marker in FRAMES and len(body) >= 5:
            height, width = struct.unpack(">HH", body[1:5])
            _check_size(width, height, pixels)
            sized = True
    if not sized or data.rfind(b"\xff\xd9") < 0:
        raise BadInput(DAMAGED)
    if data.count(b"\xff\xda") > MOST_SCANS:
        raise BadInput("The picture is built of more layers than a picture needs.")


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker up to the first scan with what it holds."""
    here = 2
    while here + 4 <= len(data):
        if data[here] != 0xFF:
            break
        marker = data[here + 1]
        if marker == 0xFF or marker in BARE:  # padding, or a marker without contents
            here += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(data[here + 2 : here + 4], "big")
        yield marker, data[here + 4 : here + 2 + length]
        if marker == 0xDA:
            return
        here += 2 + max(length, 2)
    raise BadInput(DAMAGED)


def check_webp(data: bytes, pixels: int) -> None:
    """Raise BadInput unless the file is as long as it says and of a bearable size."""
    told = int.from_bytes(data[4:8], "little") + 8
    if told not in (len(data), len(data) - 1, len(data) + 1) or len(data) < 30:
        raise BadInput(DAMAGED)
    kind, body = data[12:16], data[20:30]
    if kind == b"VP8X":
        width, height = (int.from_bytes(body[place : place + 3], "little") + 1 for place in (4, 7))
    elif kind == b"VP8L" and body[0] == 0x2F:
        bits = int.from_bytes(body[1:5], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif kind == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        width, height = (int.from_bytes(body[place : place + 2], "little") & 0x3FFF for place in (6, 8))
    else:
        raise BadInput(DAMAGED)
    _check_size(width, height, pixels)
