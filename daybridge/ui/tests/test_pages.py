"""Drafts through the address, the tray, the gallery and the pages of refusal."""

import json

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from daybridge.ui import queries


def send(client, version=0, words="hello"):
    fields = json.dumps([["about", words], ["days", "mon"], ["days", "wed"]])
    body = {"key": "note:1", "fields_typed": fields, "version": version, "url": "/notes/1/", "title": "Group <note>"}
    return client.post("/drafts/", body, headers={"Accept": "application/json"})


def test_a_draft_is_kept_and_given_back(signed_in):
    answer = send(signed_in)
    assert (answer.status_code, answer.json()["version"]) == (200, 1)
    back = signed_in.get("/drafts/one/", {"key": "note:1"}).json()
    assert back["fields"] == {"about": ["hello"], "days": ["mon", "wed"]}


def test_no_draft_is_version_nought(signed_in):
    assert signed_in.get("/drafts/one/", {"key": "none"}).json() == {"version": 0, "fields": {}, "saved": ""}


def test_two_windows_get_409_with_the_other_words(signed_in):
    send(signed_in, words="first")
    answer = send(signed_in, words="second")
    assert answer.status_code == 409
    assert (answer.json()["version"], answer.json()["fields"]["about"]) == (1, ["first"])


@pytest.mark.parametrize("fields", ["", "{", "7", '["a"]', "[[1]]"])
def test_an_unreadable_draft_is_422(signed_in, fields):
    answer = signed_in.post("/drafts/", {"key": "k", "fields_typed": fields, "version": 0})
    assert answer.status_code == 422


def test_a_draft_too_long_is_422_with_a_sentence(signed_in):
    assert send(signed_in, words="x" * 200_001).json()["error"].startswith("This draft is too long")


@pytest.mark.django_db
def test_signed_out_is_401_everywhere(room, client):
    answers = [
        send(client),
        client.get("/drafts/"),
        client.get("/drafts/one/"),
        client.get("/drafts/pulse/"),
        client.post("/drafts/discard/"),
    ]
    assert [answer.status_code for answer in answers] == [401] * 5


def test_the_tray_lists_links_back_and_escapes(signed_in):
    send(signed_in)
    page = signed_in.get("/drafts/").content.decode()
    assert 'href="/notes/1/"' in page
    assert "Group &lt;note&gt;" in page


def test_throwing_a_draft_away_leads_back_to_the_tray(signed_in):
    send(signed_in)
    assert signed_in.post("/drafts/discard/", {"key": "note:1"}).url == "/drafts/"
    assert queries.drafts(by=signed_in.user) == ()


@pytest.mark.parametrize(
    ("how", "htmx", "gone"),
    [
        ("keep", False, True),
        ("sign-in", False, False),
        ("refuse", False, False),
        ("refuse", True, False),
        ("show", True, True),
        ("show", False, False),
    ],
)
def test_a_draft_goes_only_when_its_form_was_taken_in(signed_in, how, htmx, gone):
    send(signed_in)
    answer = signed_in.post(f"/take/{how}/", {"_draft": "note:1"}, headers={"HX-Request": "true"} if htmx else {})
    assert (queries.drafts(by=signed_in.user) == ()) is gone
    assert ("draft_done" in answer.cookies) is gone


@pytest.mark.django_db
def test_the_gallery_shows_every_component(room, client):
    page = client.get("/gallery/").content.decode()
    classes = """
        rail bar page head button primary safety tag hours spans list items clear card table scroll pager notice crumb
        tabs facts across timeline steps dialog empty toast saved progress job skeleton measure spark columns-chart bars
        form fields field chips rating choices checks check sign pad drawn errors error hint week track block board
        lane slip legend swatches signbar toasts skip
    """
    missing = [name for name in classes.split() if f'"{name}' not in page and f" {name}" not in page]
    assert missing == []
    assert "style=" not in page
    assert "<script>" not in page
    assert "hx-on" not in page


@pytest.mark.django_db
def test_the_first_page_has_the_htmx_policy_and_the_signed_in_name(signed_in):
    page = signed_in.get("/drafts/").content.decode()
    assert '"allowEval":false' in page
    assert f'data-who="{signed_in.user.pk}"' in page


@pytest.mark.parametrize(
    "name", ["404.html", "403.html", "403_csrf.html", "500.html", "ui/plain.html", "ui/board.html", "ui/page.html"]
)
def test_shells_and_refusals_stand_without_any_context(name):
    assert "<main" in render_to_string(name, {}, request=None)


def test_help_is_at_the_foot_of_every_plain_page():
    page = render_to_string("404.html", {"program_phone": "555"}, request=None)
    assert all(f'href="tel:{number}"' in page for number in ("988", "911", "555"))


def test_a_toast_carries_its_undo_as_a_form(room):
    from django.contrib.messages import SUCCESS
    from django.contrib.messages.storage.base import Message
    from django.template import Context, Template

    message = Message(SUCCESS, "Moved <b>.", extra_tags="undo=/roll/7/?to=expected&why=a%20b")
    request = RequestFactory().get("/")
    html = Template("{% load ui %}{% toast m %}").render(Context({"m": message, "request": request, "csrf_token": "t"}))
    assert 'action="/roll/7/"' in html
    assert 'name="why" value="a b"' in html
    assert "Moved &lt;b&gt;." in html


def test_the_palette_is_a_link_and_a_form_before_it_is_a_dialog():
    place = {"url": "/clients/", "label": "Clients", "icon": "users", "current": True}
    page = render_to_string("ui/page.html", {"nav": [place]}, request=None)
    assert '<a class="search" href="/find/" data-palette>' in page
    assert '<form method="get" action="/find/" role="search">' in page
    assert 'href="/clients/" aria-current="page"' in page
