"""Whether a PDF is whole and harmless, and whether bytes are plain text. Pure.

Nothing here renders anything: streams are unpacked only to be counted and searched, and never past the limit.
"""

import re
import zlib
from dataclasses import dataclass

from daybridge.kit.errors import BadInput

STREAM = re.compile(rb"(?<!end)stream\r?\n")
WINDOW = 4096  # how far before "stream" its dictionary is looked for
STEP = 1 << 20
PACKED = re.compile(rb"/(?:FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|RL)(?![A-Za-z])")
WIDTH, HEIGHT = (re.compile(rb"/(?:%s)\s+(\d{1,9})(?!\s+\d+\s+R)" % name) for name in (b"Width|W", b"Height|H"))
ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|ImportData|SubmitForm)(?![A-Za-z])")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")

CUT = "The PDF is cut short or damaged."
BOMB = "The PDF unpacks to more than {most} MB, which no honest document does."
NOT_TEXT = "This file is of a type that is not kept. A document is a PDF, a picture (PNG, JPEG, WebP) or plain text."
# What browsers take for a page, whatever a file is called.
MARKUP = re.compile(r"<(?:!doctype|!--|html|head|body|script|svg|iframe|img|\?xml|a |p>|div|style|title|table)", re.I)


@dataclass(frozen=True, slots=True)
class Limits:
    """The most a file may be once opened: pixels of one picture, bytes when unpacked."""

    pixels: int
    unpacked: int


def check_pdf(data: bytes, limits: Limits) -> None:
    """Raise BadInput for a PDF that is cut short, locked, made to fill the memory, or that runs something."""
    end = data[-2048:]
    if not re.match(rb"%PDF-[12]\.\d", data) or b"%%EOF" not in end or b"startxref" not in end:
        raise BadInput(CUT)
    outside = _check_streams(data, limits)
    _check_active(outside)
    if b"/Encrypt" in _plain_names(outside):
        raise BadInput("The PDF is locked with a password. Save it without one and try again.")


def _check_streams(data: bytes, limits: Limits) -> bytes:
    """Walk the streams in their order, each at most to its end, so that the work grows with the file and no faster.

    Returns what stands outside of them.
    """
    outside, here, left = [], 0, limits.unpacked
    for _ in range(data.count(b"endstream") + 1):
        found = STREAM.search(data, here)
        if found is None:
            break
        until = data.find(b"endstream", found.end())
        if until < 0:
            raise BadInput(CUT)
        before = data[here : found.start()]
        outside.append(before)
        left -= _check_stream(_plain_names(before[-WINDOW:]), data[found.end() : until], limits, left)
        here = until + len(b"endstream")
    outside.append(data[here:])
    return b"\n".join(outside)


def _check_stream(said: bytes, packed: bytes, limits: Limits, left: int) -> int:
    """Judge one stream with its dictionary; how many bytes it unpacks to."""
    said = said[said.rfind(b" obj") + 1 :]
    if len(PACKED.findall(said)) > 1:
        raise BadInput("A part of the PDF is packed twice over. Print it to a new PDF and try again.")
    width, height = WIDTH.search(said), HEIGHT.search(said)
    if width and height and int(width[1]) * int(height[1]) > limits.pixels:
        raise BadInput(
            "A picture in the PDF has more than {most} megapixels. Scan it again, coarser.",
            most=limits.pixels // 1_000_000,
        )
    return _unpacked(packed, limits, left, keep=b"ObjStm" in said) if packed[:1] == b"x" else len(packed)


def _unpacked(packed: bytes, limits: Limits, left: int, *, keep: bool) -> int:
    """How many bytes a packed stream holds; what is an index of objects is searched as well."""
    machine, count, kept = zlib.decompressobj(), 0, []
    try:
        piece = machine.decompress(packed, STEP)
        while piece:
            count += len(piece)
            if count > left:
                raise BadInput(BOMB, most=limits.unpacked // 1_000_000)
            if keep:
                kept.append(piece)
            piece = machine.decompress(machine.unconsumed_tail, STEP)
    except zlib.error:
        return count  # not packed this way, or its last bytes are damaged: nothing more comes out of it
    _check_active(b"".join(kept))
    return count


def _check_active(text: bytes) -> None:
    if ACTIVE.search(_plain_names(text)):
        raise BadInput("The PDF runs a program or holds other files. Print it to a new PDF and try again.")


def _plain_names(text: bytes) -> bytes:
    """Names as readers understand them: "/J#61vaScript" is "/JavaScript"."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text) if b"#" in text else text


def check_text(data: bytes) -> None:
    """Raise BadInput unless these bytes are readable words in UTF-8, and no page or script in disguise."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(NOT_TEXT) from None
    if any(ord(char) < 32 and char not in "\t\n\r\f" for char in set(text)) or "\x7f" in text:
        raise BadInput(NOT_TEXT)
    if MARKUP.search(text[:65_536]) or text.startswith("#!"):
        raise BadInput("This file is a web page or a program. Print it to a PDF and try again.")
