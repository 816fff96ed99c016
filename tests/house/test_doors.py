"""Every route names its permission or says why it is public; the table of roles and routes is the signed one."""

from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from daybridge.access import doors
from daybridge.access.rules import GRANTS, SENTENCES, Permission, Role

DOCS = Path(__file__).resolve().parents[2] / "docs"
OTHERS = ("allauth", "django.")


def routes(patterns=None, prefix="", space=""):
    for entry in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from routes(entry.url_patterns, prefix + str(entry.pattern), inner)
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), f"{space}{entry.name}", entry.callback


def ours():
    return [route for route in routes() if not route[2].__module__.startswith(OTHERS)]


def test_every_route_names_its_permission():
    bare = [f"{path} ({view.__module__}.{view.__name__})" for path, _, view in ours()
            if not (hasattr(view, "permission") or getattr(view, "public", ""))]  # fmt: skip
    assert bare == []


def test_routes_of_other_packages_are_known():
    names = {name for _, name, view in routes() if view.__module__.startswith(OTHERS)}
    assert names - set(doors.PUBLIC) - doors.OWN - set(doors.SHUT) == set()


def test_every_permission_has_a_sentence_and_a_grant():
    assert set(SENTENCES) == set(GRANTS) == set(Permission)


def table() -> str:
    lines = ["# Routes and who may open them", "", "Made from the code; a test compares it.", "",
             "| address | name | permission | roles |", "|---|---|---|---|"]  # fmt: skip
    for path, name, view in sorted(ours()):
        permission = getattr(view, "permission", None)
        roles = ", ".join(sorted(GRANTS[permission])) if permission else f"everybody: {view.public}"
        lines.append(f"| `/{path}` | {name} | {permission or 'public'} | {roles} |")
    return "\n".join(lines) + "\n"


def test_the_table_of_routes_is_the_signed_one(request):
    page = DOCS / "routes.md"
    if request.config.getoption("--write-docs"):
        page.write_text(table(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == table(), "run pytest tests/house --write-docs, and have it signed"


@pytest.mark.django_db
def test_every_role_gets_what_the_table_says(sign_in):
    """Pages without arguments, for each role: open to those the table names, not found for all others."""
    wrong = []
    for role in Role:
        browser = sign_in(role)
        for path, name, view in ours():
            if "<" in path or not hasattr(view, "permission"):
                continue
            status = browser.get(f"/{path}").status_code
            allowed = role in GRANTS[view.permission]
            if (status == 404) is allowed:
                wrong.append(f"{role} {path} {name}: {status}")
    assert wrong == []


@pytest.mark.django_db
def test_nobody_gets_anything_without_signing_in(client):
    for path, _, view in ours():
        if "<" not in path and hasattr(view, "permission"):
            assert client.get(f"/{path}").status_code in {302, 401, 405}, path
