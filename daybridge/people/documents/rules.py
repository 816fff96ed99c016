"""What may be kept as a document, judged by its bytes and never by its name. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from daybridge.kit import rulebook
from daybridge.kit.errors import BadInput
from daybridge.people.documents import papers, pictures

RULES = rulebook.load(Path(__file__).parent.parent / "rulebook.toml")
MEGA = 1_000_000
LONGEST_TITLE = 200


class Kind(StrEnum):
    """What a document is in the record."""

    CONSENT_SCAN = "consent-scan"
    LEGAL_ORDER = "legal-order"
    REQUEST = "request"
    LETTER = "letter"
    PACKET = "packet"
    OTHER = "other"


KINDS: dict[Kind, str] = {
    Kind.LETTER: "Letter",
    Kind.CONSENT_SCAN: "Signed consent, scanned",
    Kind.LEGAL_ORDER: "Court order",
    Kind.REQUEST: "Request",
    Kind.PACKET: "Packet",
    Kind.OTHER: "Something else",
}


@dataclass(frozen=True, slots=True)
class Type:
    """A type that may be kept: its words, the endings of its files, the one it is given back with first."""

    media: str
    words: str
    endings: tuple[str, ...]


PDF = Type("application/pdf", "a PDF", ("pdf",))
PNG = Type("image/png", "a PNG picture", ("png",))
JPEG = Type("image/jpeg", "a JPEG picture", ("jpg", "jpeg", "jpe", "jfif"))
WEBP = Type("image/webp", "a WebP picture", ("webp",))
TEXT = Type("text/plain", "plain text", ("txt", "text"))
KNOWN: dict[str, Type] = {one.media: one for one in (PDF, PNG, JPEG, WEBP, TEXT)}

ACCEPTED = ",".join([*KNOWN, *(f".{ending}" for one in KNOWN.values() for ending in one.endings)])
TAKEN = "A document is a PDF, a picture (PNG, JPEG, WebP) or plain text."
# What else files begin with, for a sentence that helps: the bytes, where they stand, and what it is.
OTHERS: tuple[tuple[bytes, int, str], ...] = (
    (b"PK\x03\x04", 0, "a zip archive or an office file"),
    (b"\x1f\x8b", 0, "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", 0, "a 7z archive"),
    (b"Rar!", 0, "a rar archive"),
    (b"MZ", 0, "a program"),
    (b"\x7fELF", 0, "a program"),
    (b"\xd0\xcf\x11\xe0", 0, "an old office file"),
    (b"GIF8", 0, "a GIF picture"),
    (b"II*\x00", 0, "a TIFF picture"),
    (b"MM\x00*", 0, "a TIFF picture"),
    (b"ftyp", 4, "a HEIC picture or a film"),
    (b"{\\rtf", 0, "an RTF file"),
)


def sniff(data: bytes, name: str) -> Type:
    """The true type of a file, by its bytes; `name` may only agree with it.

    Raises BadInput, in one sentence, for an empty or oversized file, a type that is not kept, a file cut short or
    damaged, a name that says another type, and files made to harm whoever opens them. Source: rulebook PEO-1 to PEO-3.
    """
    most = RULES.number("PEO-1")
    if not data:
        raise BadInput("The file is empty.")
    if len(data) > most * MEGA:
        raise BadInput("The file is larger than {most} MB, the most a record takes.", most=most)
    found = _type(data)
    _check_name(name, found)
    return found


def _type(data: bytes) -> Type:
    limits = papers.Limits(pixels=RULES.number("PEO-2") * MEGA, unpacked=RULES.number("PEO-3") * MEGA)
    if data.startswith(b"%PDF-"):
        papers.check_pdf(data, limits)
        return PDF
    if data.startswith(pictures.PNG):
        pictures.check_png(data, limits.pixels)
        return PNG
    if data.startswith(b"\xff\xd8\xff"):
        pictures.check_jpeg(data, limits.pixels)
        return JPEG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        pictures.check_webp(data, limits.pixels)
        return WEBP
    for start, place, words in OTHERS:
        if data[place : place + len(start)] == start:
            raise BadInput("This file is {what}. " + TAKEN, what=words)
    papers.check_text(data)
    return TEXT


def _check_name(name: str, found: Type) -> None:
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending and ending not in found.endings:
        raise BadInput("The file's name says “.{ending}”, but it is {what}.", ending=ending[:20], what=found.words)


def check_title(title: str) -> str:
    """The title as kept, on one line. Raises BadInput when there is none or it is too long."""
    plain = " ".join("".join(char if char.isprintable() else " " for char in title).split())
    if not plain:
        raise BadInput("A document needs a title.")
    if len(plain) > LONGEST_TITLE:
        raise BadInput("The title is longer than {most} characters.", most=LONGEST_TITLE)
    return plain


def file_name(title: str, media: str) -> str:
    """A name to save it under: plain letters only, with the true ending."""
    plain = "".join(char if char.isascii() and (char.isalnum() or char in "-_") else "-" for char in title)
    short = "-".join(part for part in plain[:60].split("-") if part) or "document"
    return f"{short}.{KNOWN[media].endings[0]}"
