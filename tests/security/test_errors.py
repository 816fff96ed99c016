"""What the program says when something breaks, and what its logs keep: never a word of a record."""

import io
import logging

import pytest
from django.db import IntegrityError
from django.test import Client as Browser

from daybridge.access.rules import Role
from daybridge.config.logs import Wordless

SECRET = "Rosa Quetzalcoatl"


def told(error: Exception, message: str = "Internal Server Error: %s", *values: object) -> str:
    """A line of the log as it is written, with its error."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(Wordless("{asctime} {levelname} {name} {message}", style="{"))
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, message, values or ("/x/",), None)
    record.exc_info = (type(error), error, error.__traceback__)
    handler.emit(record)
    return out.getvalue()


def raised() -> Exception:
    try:
        try:
            raise ValueError(f"Key (name)=({SECRET}) already exists")
        except ValueError as cause:
            raise IntegrityError(f"DETAIL: {SECRET}") from cause
    except IntegrityError as error:
        return error


def test_a_log_line_names_the_error_and_the_place_and_not_its_words():
    line = told(raised())
    assert "IntegrityError" in line
    assert "ValueError" in line
    assert "test_errors.py" in line
    assert SECRET not in line


def test_the_logs_of_the_program_are_written_so():
    from daybridge.config import settings as ours

    assert ours.LOGGING["formatters"]["line"]["()"] == "daybridge.config.logs.Wordless"
    assert ours.LOGGING["handlers"]["console"]["formatter"] == "line"
    assert ours.DEBUG is False


def boom(request):
    raise ValueError(SECRET)


class Routes:
    """One address that breaks, beside those of the house."""

    from django.urls import include, path

    urlpatterns = [path("boom/", boom), path("", include("daybridge.config.urls"))]


boom.public = "a view that breaks, for this test"


@pytest.mark.django_db
def test_a_broken_page_says_nothing_of_the_inside(settings, site, capsys):
    settings.ROOT_URLCONF = Routes
    browser = Browser(raise_request_exception=False)
    answer = browser.get("/boom/")
    page = answer.content.decode()
    assert answer.status_code == 500
    for word in (SECRET, "Traceback", "ValueError", "django", "/daybridge/", "settings", "python"):
        assert word not in page
    assert SECRET not in capsys.readouterr().err


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [("/nowhere/", 404), ("/keeping/purges/not-an-id/", 404), ("/accounts/login/%ff", 404), ("/people/1/", 404)],
)
def test_a_missing_page_says_nothing_of_the_inside(client, site, path, status):
    answer = client.get(path)
    assert answer.status_code in {status, 302}
    for word in ("Traceback", "urlpatterns", "URLconf", "django.core", "DEBUG"):
        assert word not in answer.content.decode()


@pytest.mark.django_db
def test_missing_and_out_of_reach_are_one_answer(sign_in, site, other_site):
    from daybridge.people.tests import factories as people

    there = people.client(other_site)
    browser = sign_in(Role.COUNSELOR)
    one = browser.get(f"/clients/{there.pk}/")
    two = browser.get("/clients/01890000-0000-7000-8000-000000000000/")
    assert one.status_code == two.status_code == 404
    assert one.content == two.content
    assert {k: v for k, v in one.headers.items()} == {k: v for k, v in two.headers.items()}


@pytest.mark.django_db
def test_working_with_records_leaves_no_name_in_the_logs(sign_in, site, caplog, capsys):
    from daybridge.keeping.tests import factories as keeping

    person = keeping.old_record(site, given_name="Quetzal", family_name="Marlow", name_key="quetzal marlow")
    browser = sign_in(Role.PRIVACY_OFFICER)
    with caplog.at_level(logging.DEBUG):
        browser.get("/keeping/due/")
        browser.get("/keeping/holds/", {"who": "quetzal"})
        browser.post("/keeping/holds/place/", {"on": str(person.pk), "asked_by": "Quetzal", "reason": "Quetzal asked"})
        browser.get("/keeping/nothing/", {"who": "Quetzal"})
    out = capsys.readouterr()
    assert "quetzal" not in (caplog.text + out.out + out.err).casefold()
