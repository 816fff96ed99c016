"""What people type is shown as they typed it and is never read as markup, a template, a formula or a header."""

import ast

import pytest
from django.core import mail
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from daybridge.access.rules import Role
from daybridge.keeping.tests import factories as keeping
from daybridge.kit import sheets
from daybridge.people.tests import factories as people
from tests.security.sources import calls

NASTY = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7|add:7 }}", "{% load ui %}{% now 'Y' %}",
    "{{ settings.SECRET_KEY }}", "${7*7}", "#{7*7}", "%(secret)s", "{0.__class__}", "'; DROP TABLE people_client; --",
    "=cmd|' /C calc'!A0", "\u202eevil", "<svg/onload=alert(1)>", "javascript:alert(1)", "]]><!--",
)  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("words", NASTY)
def test_typed_words_come_back_as_words(sign_in, site, words):
    from django.utils.html import escape

    person = keeping.old_record(site, given_name=words, family_name="X", name_key=f"{words} x".casefold())
    keeping.hold(site, person, reason=words, asked_by=words)
    browser = sign_in(Role.PRIVACY_OFFICER)
    for name in ("keeping:holds", "keeping:due"):
        page = browser.get(reverse(name)).content.decode()
        assert escape(words) in page
        if words != escape(words):
            assert words not in page
    found = browser.get(reverse("keeping:holds"), {"who": words}).content.decode()
    assert escape(words) in found
    assert words == escape(words) or words not in found


@pytest.mark.django_db
@pytest.mark.parametrize("words", NASTY)
def test_a_chart_shows_a_name_as_it_was_typed(sign_in, site, words):
    from django.utils.html import escape

    person = people.client(site, given_name=words)
    page = sign_in(Role.DIRECTOR).get(reverse("chart:chart", args=[person.pk])).content.decode()
    assert words == escape(words) or words not in page
    assert escape(words) in page


def test_no_template_is_built_from_words():
    """Nobody calls the template engine, eval or exec with a string."""
    wrong = []
    for path, call in calls():
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        is_bare = isinstance(call.func, ast.Name) and name in {"eval", "exec", "compile", "__import__"}
        if is_bare or name in {"Template", "from_string"}:
            wrong.append(f"{path}:{call.lineno} {name}")
    assert wrong == []


def test_no_program_is_started_by_a_shell():
    banned = {"os.system", "os.popen", "pickle.loads", "pickle.load", "yaml.load", "marshal.loads"}
    wrong = []
    for path, call in calls():
        has_shell = any(word.arg == "shell" and getattr(word.value, "value", None) for word in call.keywords)
        if has_shell or ast.unparse(call.func) in banned:
            wrong.append(f"{path}:{call.lineno}")
    assert wrong == []


def test_sql_is_never_put_together_from_words():
    """No query set takes raw SQL; the few statements of our own name tables, and values go along as parameters."""
    methods = {"extra", "raw", "RawSQL"}
    wrong = [
        f"{path}:{call.lineno}" for path, call in calls()
        if isinstance(call.func, ast.Attribute) and call.func.attr in methods and "objects" in ast.unparse(call.func)
    ]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\t\t@", "＝", "|", "%"])
def test_a_spreadsheet_sees_words_where_a_formula_was_typed(begin):
    told = sheets.sheet(("name",), [(f"{begin}cmd|' /C calc'!A0",)]).decode()
    assert told.splitlines()[1].lstrip('"').startswith("'")


@given(st.text())
def test_no_cell_begins_a_formula(words):
    told = sheets.cell(words)
    assert not told.lstrip().startswith(("=", "+", "-", "@"))
    assert "\x00" not in told


def test_numbers_stay_numbers_and_cells_are_quoted():
    assert sheets.cell(-5) == "-5"
    assert sheets.cell(None) == ""
    assert sheets.sheet(("a", "b"), [('say "hi"', "x,y")]) == b'a,b\r\n"say ""hi""","x,y"\r\n'


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["Rosa\r\nBcc: all@example.org", "Rosa\nSubject: other", "Rosa\x00"])
def test_a_name_adds_no_line_to_a_letters_head(sign_in, site, words):
    browser = sign_in(Role.ADMINISTRATOR)
    sent = {"name": words, "email": "new@example.org", "role": "nurse", "site": site.pk}
    browser.post(reverse("access:invite"), sent)
    for letter in mail.outbox:
        assert letter.bcc == []
        assert letter.to == ["new@example.org"]
        assert "\n" not in letter.subject


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["a\r\nSet-Cookie: x=1", "a\nLocation: //evil"])
def test_words_add_no_header_to_an_answer(sign_in, site, words):
    browser = sign_in(Role.PRIVACY_OFFICER)
    answer = browser.get(reverse("keeping:holds"), {"who": words})
    assert answer.status_code == 200
    assert not any("x=1" in value or "evil" in value for value in answer.headers.values())
