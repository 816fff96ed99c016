"""A client's documents through their pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from daybridge.access.rules import Role
from daybridge.people.models import Document
from daybridge.people.tests import factories as people

pytestmark = pytest.mark.django_db
HTML = b"<!doctype html><script>alert(1)</script>"


@pytest.fixture
def person(site):
    return people.client(site)


def shelf(person):
    return reverse("people:documents", args=[person.id])


def send(browser, person, content=b"Dear colleague", name="letter.txt", **fields):
    sent = {"title": "Letter", "kind": "letter", "upload": SimpleUploadedFile(name, content)} | fields
    return browser.post(reverse("people:document_keep", args=[person.id]), sent)


@pytest.mark.parametrize(
    ("who", "status"),
    [("intake", 200), ("counselor", 200), ("privacy-officer", 200), ("front-desk", 404), ("biller", 404),
     ("administrator", 404), ("other_site", 404)],
)  # fmt: skip
def test_who_may_see_keep_and_open(sign_in, person, who, status):
    document, browser = people.document(person, b"old words"), sign_in(who)
    assert browser.get(shelf(person)).status_code == status
    assert browser.get(reverse("people:document", args=[document.id])).status_code == status
    assert send(browser, person).status_code == (302 if status == 200 else 404)
    assert Document.objects.count() == (2 if status == 200 else 1)


def test_a_document_comes_back_as_a_file_that_runs_nothing(sign_in, person):
    document = people.document(person, b"words", title='Report "7"\r\nX: y')
    answer = sign_in("counselor").get(reverse("people:document", args=[document.id]))
    assert answer.content == b"words"
    assert answer["Content-Disposition"] == 'attachment; filename="Report-7-X-y.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("content", "name", "fields", "status", "words"),
    [
        (HTML, "a.pdf", {}, 409, "web page or a program"),
        (b"words", "a.pdf", {}, 409, "but it is plain text"),
        (b"", "a.txt", {}, 409, "The file is empty"),
        (b"words", "a.txt", {"title": ""}, 422, "is needed"),
        (b"words", "a.txt", {"kind": "film"}, 422, "film"),
    ],
)
def test_a_refusal_is_said_on_the_page(sign_in, person, content, name, fields, status, words):
    answer = send(sign_in("intake"), person, content, name, **fields)
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert not Document.objects.exists()


def test_a_form_without_a_file_says_so(sign_in, person):
    answer = sign_in("intake").post(reverse("people:document_keep", args=[person.id]), {"title": "A", "kind": "other"})
    assert answer.status_code == 422


def test_titles_are_shown_as_words_and_nothing_else(sign_in, person):
    people.document(person, title="<script>alert(1)</script>")
    page = sign_in("intake").get(shelf(person)).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_privacy_officer_gets_no_link_to_a_chart(sign_in, person):
    assert "chart" not in sign_in("privacy-officer").get(shelf(person)).content.decode().split("<main")[1]


def test_a_long_shelf_asks_no_more_of_the_database(sign_in, person):
    browser = sign_in(Role.INTAKE)
    people.document(person)
    browser.get(shelf(person))  # the session's first page
    with CaptureQueriesContext(connection) as few:
        browser.get(shelf(person))
    for number in range(19):
        people.document(person, f"letter {number}".encode())
    with CaptureQueriesContext(connection) as many:
        assert browser.get(shelf(person)).content.count(b'<th scope="row">') == 20
    assert len(many) == len(few)
    assert not any('"sealed"' in query["sql"] for query in many)
