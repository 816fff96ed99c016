"""From bytes to JSON text: unpacks gzip within a limit and checks the encoding."""

import zlib
from dataclasses import dataclass

from daybridge.admissions.packet.report import refuse

GZIP_MAGIC = b"\x1f\x8b"
CHUNK = 1 << 23
MOST_MEMBERS = 100
OTHER_UNICODE = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """Most bytes taken: as sent when compressed, and as plain JSON."""

    compressed: int = 25_000_000
    plain: int = 100_000_000


DEFAULT_LIMITS = Limits()


def text_of(data: bytes, limits: Limits) -> bytes:
    """UTF-8 bytes of the packet, unpacked, no byte order mark. Raises BadInput: empty, too big, damaged, not UTF-8."""
    if not data:
        raise refuse("", "The file is empty.")
    if data.startswith(GZIP_MAGIC):
        if len(data) > limits.compressed:
            raise refuse("", f"The file is larger than {_megabytes(limits.compressed)} compressed, the most we take.")
        data = _unpack(data, limits.plain)
    if len(data) > limits.plain:
        raise refuse("", f"The file is larger than {_megabytes(limits.plain)}, the most we take.")
    data = _utf8(data)
    if not data.strip():
        raise refuse("", "The file is empty.")
    return data


def _unpack(data: bytes, most: int) -> bytes:
    """All members of a gzip file; stops soon after `most` bytes, so that a bomb costs no memory."""
    parts: list[bytes] = []
    room = most
    for _ in range(MOST_MEMBERS):
        data = _member(data, parts, room).lstrip(b"\x00")
        room = most - sum(map(len, parts))
        if not data:
            return b"".join(parts)
    raise refuse("", f"The compressed file has more than {MOST_MEMBERS} parts; send it packed as one.")


def _member(data: bytes, parts: list[bytes], room: int) -> bytes:
    """Unpack one member onto `parts`; what follows it is returned."""
    member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    while not member.eof:
        try:
            part = member.decompress(data, CHUNK)
        except zlib.error:
            raise refuse("", "The compressed file is damaged and cannot be unpacked. Please send it again.") from None
        data = member.unconsumed_tail
        if not part and not data and not member.eof:
            raise refuse("", "The compressed file is cut off: its end is missing. Please send it again.")
        parts.append(part)
        room -= len(part)
        if room < 0:
            raise refuse("", "Unpacked, the file is larger than the most we take.")
    return member.unused_data


def _utf8(data: bytes) -> bytes:
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    for mark, name in OTHER_UNICODE.items():
        if data.startswith(mark):
            raise refuse("byte 1", f"The file is written in {name} (see byte 1). FHIR is UTF-8: save it as UTF-8.")
    if data[:2].count(0) == 1:
        where = data.index(0) + 1
        raise refuse(
            f"byte {where}", f"Byte {where} is zero: the file looks like UTF-16. FHIR is UTF-8: save it as UTF-8."
        )
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise refuse(f"byte {error.start + 1}", _not_utf8(data, error.start)) from None
    return data


def _not_utf8(data: bytes, at: int) -> str:
    line = data.count(b"\n", 0, at) + 1
    return (
        f"Byte {at + 1} (line {line}, value 0x{data[at]:02X}) is not UTF-8; "
        "the file looks like Latin-1 or Windows-1252. FHIR is UTF-8: save it as UTF-8."
    )


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:g} MB"
