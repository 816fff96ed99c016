"""Documents: kept sealed, opened within reach, never taken at their word."""

import contextlib
import io
import struct
import zlib

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from daybridge.access.rules import Role
from daybridge.audit.models import Entry
from daybridge.kit.errors import BadInput, NotAllowed
from daybridge.people import documents
from daybridge.people.documents import papers, rules
from daybridge.people.models import Client, Document
from daybridge.people.tests import factories as people


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width=2, height=2, rows=None) -> bytes:
    rows = (b"\0" + b"\0" * width) * height if rows is None else rows
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def jpeg(width=2, height=2) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    parts = [
        b"\xff\xe0\x00\x04ab",
        b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame,
        b"\xff\xda\x00\x02",
        b"\0\0",
    ]
    return b"\xff\xd8" + b"".join(parts) + b"\xff\xd9"


def webp(width=2, height=2) -> bytes:
    body = b"\x2f" + struct.pack("<I", (width - 1) | (height - 1) << 14) + b"\0" * 12
    inner = b"WEBPVP8L" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(inner)) + inner


def pdf(said=b"", packed=b"", outside=b"") -> bytes:
    stream = b"5 0 obj\n<</Length %d %s>>\nstream\n%s\nendstream\nendobj\n" % (len(packed), said, packed)
    return b"%PDF-1.7\n" + outside + stream + b"trailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"


WHOLE = {
    "letter.pdf": pdf(b"/Filter /FlateDecode", zlib.compress(b"BT (Hello) Tj ET")),
    "scan.png": png(),
    "scan.jpg": jpeg(),
    "scan.webp": webp(),
    "words.txt": "Dear Señora, 🌉\n".encode(),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_file_is_known_by_its_bytes(name):
    found = rules.sniff(WHOLE[name], name)
    assert name.rpartition(".")[2] in found.endings
    assert rules.sniff(WHOLE[name], "") is found


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("other", ["pdf", "png", "jpg", "webp", "txt", "exe"])
def test_a_name_that_says_another_type_is_refused(name, other):
    if name.endswith(other):
        return
    with pytest.raises(BadInput, match="but it is"):
        rules.sniff(WHOLE[name], f"x.{other}")


@pytest.mark.parametrize("name", ["letter.pdf", "scan.png", "scan.webp"])
def test_a_file_cut_short_is_refused(name):
    with pytest.raises(BadInput, match="cut short or damaged"):
        rules.sniff(WHOLE[name][:-9], name)


def _compressed_objects(text: bytes) -> bytes:
    return pdf(b"/Type /ObjStm /Filter /FlateDecode", zlib.compress(text))


BOMB = zlib.compress(b"\0" * 210_000_000, 9)
REFUSED = {
    "empty": (b"", "empty"),
    "too large": (b"a" * 10_000_001, "larger than 10 MB"),
    "zip": (b"PK\x03\x04rest", "zip archive"),
    "gzip": (b"\x1f\x8b\x08rest", "gzip archive"),
    "program": (b"MZ\x90\0rest", "a program"),
    "old office": (b"\xd0\xcf\x11\xe0rest", "old office file"),
    "iPhone": (b"\0\0\0\x18ftypheic", "HEIC"),
    "tiff": (b"II*\0rest", "TIFF"),
    "bytes": (bytes(range(256)), "type that is not kept"),
    "control": (b"a\x00b", "type that is not kept"),
    "web page": (b"  <!doctype html><p>hi", "web page"),
    "drawing that runs": (b"<svg onload=alert(1)>", "web page"),
    "script": (b"#!/bin/sh\n", "a program"),
    "PDF that runs": (pdf(outside=b"<</OpenAction <</S /JavaScript /JS (x)>>>>"), "runs a program"),
    "PDF that hides its name": (pdf(outside=b"<</S /J#61vaScript>>"), "runs a program"),
    "PDF that runs, packed": (_compressed_objects(b"1 0 <</S /Launch>>"), "runs a program"),
    "PDF that holds a file": (pdf(outside=b"<</Type /Filespec /EF <</F 9 0 R>> /EmbeddedFile>>"), "holds other files"),
    "locked PDF": (pdf(outside=b"<</Encrypt 8 0 R>>"), "locked"),
    "PDF bomb": (pdf(b"/Filter /FlateDecode", BOMB), "unpacks to more"),
    "PDF packed twice": (pdf(b"/Filter [/FlateDecode /FlateDecode]", zlib.compress(b"x")), "packed twice"),
    "PDF with a huge picture": (pdf(b"/Width 50000 /Height 50000 /Filter /DCTDecode", b"x"), "megapixels"),
    "PDF without an end of stream": (pdf().replace(b"endstream", b""), "cut short"),
    "huge png": (png(20_000, 20_000, b""), "megapixels"),
    "png bomb": (png(2, 2, b"\0" * 9_000_000), "more than its size"),
    "png and more": (png() + b"PK\x03\x04", "more than a picture"),
    "png without size": (b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""), "damaged"),
    "png without width": (png(0, 2), "damaged"),
    "png, one byte changed": (png()[:20] + b"\x07" + png()[21:], "damaged"),
    "png of an unknown color": (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 5, 0, 0, 0)), "damaged"),
    "png with a burden": (png()[:-12] + chunk(b"zTXt", b"\0" * 1_100_000) + chunk(b"IEND", b""), "more than a picture"),
    "png, torn rows": (
        png()[:33] + chunk(b"IDAT", zlib.compress(b"abc")[:-3]) + chunk(b"IEND", b""), "damaged"),
    "png, false rows": (png()[:33] + chunk(b"IDAT", b"false") + chunk(b"IEND", b""), "damaged"),
    "huge jpeg": (jpeg(60_000, 60_000), "megapixels"),
    "jpeg without frame": (b"\xff\xd8\xff\xda\x00\x02\xff\xd9", "damaged"),
    "jpeg without scan": (jpeg().replace(b"\xff\xda", b"\xff\xe1"), "damaged"),
    "jpeg of layers": (jpeg()[:-2] + b"\xff\xda" * 200 + b"\xff\xd9", "layers"),
    "huge webp": (webp(16_000, 16_000), "megapixels"),
    "webp of no kind": (webp().replace(b"VP8L", b"VP9 "), "damaged"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_kept_is_refused_in_one_sentence(what):
    content, why = REFUSED[what]
    with pytest.raises(BadInput, match=why):
        rules.sniff(content, "")


def test_webp_of_every_kind_tells_its_size():
    wide = webp().replace(b"VP8L", b"VP8X")
    lossy = b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 16_000, 16_000) + b"\0" * 8
    inner = b"WEBPVP8 " + struct.pack("<I", len(lossy)) + lossy
    with pytest.raises(BadInput, match="megapixels"):
        rules.sniff(b"RIFF" + struct.pack("<I", len(inner)) + inner, "")
    assert rules.sniff(wide, "") is rules.WEBP


def test_bytes_between_jpeg_markers_are_stepped_over():
    assert rules.sniff(jpeg()[:2] + b"\xff\xff\xff\x01" + jpeg()[2:], "a.jpeg") is rules.JPEG
    with pytest.raises(BadInput):
        rules.sniff(jpeg()[:3] + b"\xe0\x00\x02" + b"no marker here", "")


@given(
    st.binary(max_size=400),
    st.sampled_from([b"%PDF-1.4", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP", b""]),
)
def test_no_bytes_do_worse_than_a_refusal(data, start):
    with contextlib.suppress(BadInput):
        assert rules.sniff(start + data, "") in rules.KNOWN.values()


def test_judging_a_pdf_of_nothing_but_streams_takes_time_by_its_size():
    """A file made to be slow: every stream is looked at once, each only to its own end."""
    content = pdf(outside=b"stream\nx\x9c\x00\x00\x00\xff\xffendstream " * 200_000)
    assert rules.sniff(content, "") is rules.PDF


def test_a_stream_that_is_not_packed_is_let_through():
    assert rules.sniff(pdf(b"", b"x not packed"), "") is rules.PDF
    assert papers.check_text(b"\xef\xbb\xbfwords") is None


@pytest.mark.parametrize(("title", "name"), [
    ("Court order / Nº 7", "Court-order-N-7.pdf"), ("../../etc", "etc.pdf"), ("\u202egpj", "gpj.pdf"),
    ("中文", "document.pdf"),
])  # fmt: skip
def test_a_title_becomes_a_harmless_name(title, name):
    assert rules.file_name(title, "application/pdf") == name


@pytest.mark.parametrize("title", ["", " \n\t", "\x00", "a" * 201])
def test_a_title_is_needed_and_short(title):
    with pytest.raises(BadInput):
        rules.check_title(title)


def upload(content=WHOLE["letter.pdf"], name="letter.pdf"):
    return ContentFile(content, name=name)


@pytest.fixture
def person(site):
    return people.client(site)


def kept(person, by, now, **fields):
    given = {"kind": "letter", "title": "From Dr. Osei", "upload": upload()} | fields
    return documents.keep(client_id=person.id, by=by, at=now, **given)


@pytest.mark.django_db
class TestKeeping:
    def test_what_was_kept_comes_back_byte_for_byte(self, person, users, now):
        row = kept(person, users[Role.INTAKE], now)
        back = documents.opened(document_id=row.id, by=users[Role.COUNSELOR], at=now)
        assert (back.content, back.media_type, back.title) == (WHOLE["letter.pdf"], "application/pdf", "From Dr. Osei")
        assert back.file_name == "From-Dr-Osei.pdf"
        assert list(Entry.objects.order_by("seq").values_list("verb", "kind", "client_id")) == [
            ("document.keep", "write", person.id), ("document.open", "read", person.id),
        ]  # fmt: skip

    def test_the_ledger_learns_no_title(self, person, users, now):
        kept(person, users[Role.INTAKE], now, title="Secret")
        assert "Secret" not in str(Entry.objects.values())

    def test_the_database_holds_nothing_readable(self, person, users, now):
        row = kept(person, users[Role.INTAKE], now, upload=upload(b"plain words of hers", "a.txt"))
        with connection.cursor() as cursor:
            cursor.execute("SELECT sealed FROM people_document")
            assert b"plain words" not in bytes(cursor.fetchone()[0])
        assert row.size == 19

    def test_a_document_moved_to_another_row_does_not_open(self, person, users, now):
        one, two = kept(person, users[Role.INTAKE], now), people.document(person)
        Document.objects.filter(pk=two.pk).update(sealed=one.sealed)
        with pytest.raises(Exception, match="cannot be opened"):
            documents.opened(document_id=two.id, by=users[Role.INTAKE], at=now)

    def test_the_same_file_twice_is_one_document(self, person, users, now):
        one, two = kept(person, users[Role.INTAKE], now), kept(person, users[Role.INTAKE], now, title="Again")
        assert one.id == two.id
        assert kept(person, users[Role.INTAKE], now, kind="request").id != one.id

    @pytest.mark.parametrize("wrong", [{"kind": "film"}, {"title": " "}, {"upload": upload(b"MZ")}])
    def test_a_refusal_keeps_nothing(self, person, users, now, wrong):
        with pytest.raises(BadInput):
            kept(person, users[Role.INTAKE], now, **wrong)
        assert not Document.objects.exists()

    def test_a_file_that_says_it_is_too_large_is_not_read(self, person, users, now):
        class Huge(io.BytesIO):
            name, size = "a.pdf", 10_000_001

            def read(self, *_):
                raise AssertionError("it was read")

        with pytest.raises(BadInput, match="larger"):
            kept(person, users[Role.INTAKE], now, upload=Huge())

    def test_out_of_reach_is_not_there(self, person, users, other_site, now):
        stranger = people.access.user(Role.INTAKE, other_site)
        row = kept(person, users[Role.INTAKE], now)
        with pytest.raises(Client.DoesNotExist):
            kept(person, stranger, now)
        with pytest.raises(Document.DoesNotExist):
            documents.opened(document_id=row.id, by=stranger, at=now)
        with pytest.raises(Client.DoesNotExist):
            documents.of_client(client_id=person.id, by=stranger, at=now)

    @pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.BILLER, Role.ADMINISTRATOR])
    def test_without_the_permission_nothing_is_kept(self, person, users, now, role):
        with pytest.raises((Client.DoesNotExist, NotAllowed)):
            kept(person, users[role], now)

    def test_the_list_knows_titles_and_is_a_read_line(self, person, users, now):
        kept(person, users[Role.INTAKE], now)
        shelf = documents.of_client(client_id=person.id, by=users[Role.PRIVACY_OFFICER], at=now)
        assert [(row.title, row.kind, row.type) for row in shelf.rows] == [("From Dr. Osei", "Letter", "a PDF")]
        assert Entry.objects.filter(verb="document.list", kind="read", client_id=person.id).count() == 1
