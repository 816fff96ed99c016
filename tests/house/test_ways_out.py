"""Every way out of the program, found in the code and compared with a table: how is each one cleared?

Found are: answers that are not a page, PDFs, e-mails, files written, calls to other machines, and every screen for
people who are not staff. A new one that is not in ways_out.toml fails here, and so does one that is not cleared as its
row says (the words of a row are told at the top of ways_out.toml). Source: 42 CFR 2.13.
"""

import ast
import tomllib
from functools import cache
from pathlib import Path

import pytest

from tests.house.test_doors import ours

ROOT = Path(__file__).resolve().parents[2]
CODE = [p for p in (ROOT / "daybridge").rglob("*.py") if not {"tests", "migrations"} & set(p.parts)]
TABLE = tomllib.loads((Path(__file__).parent / "ways_out.toml").read_text(encoding="utf-8"))["way"]
ROWS = {row["at"]: row for row in TABLE}

ALWAYS = {
    "FileResponse", "StreamingHttpResponse", "JsonResponse", "pdf", "send_mail", "send_mass_mail", "mail_admins",
    "mail_managers", "EmailMessage", "EmailMultiAlternatives", "SMTP", "urlopen", "HTTPConnection", "HTTPSConnection",
    "create_connection", "write_bytes", "write_text", "writer", "DictWriter",
}  # fmt: skip
WRITES = {"w", "wb", "a", "ab", "x", "xb", "w+", "wb+"}
OUTSIDERS = ("daybridge.portal", "daybridge.frontdoor")
GATES = {"clear", "clear_today", "each"}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def functions() -> dict[str, ast.FunctionDef]:
    """Every function and method of the house by "module:name" ("module:Class.name")."""
    found = {}
    for path in CODE:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for holder in [tree, *(one for one in ast.walk(tree) if isinstance(one, ast.ClassDef))]:
            prefix = f"{holder.name}." if isinstance(holder, ast.ClassDef) else ""
            for one in holder.body:
                if isinstance(one, ast.FunctionDef):
                    found[f"{name_of(path)}:{prefix}{one.name}"] = one
    return found


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def is_way_out(call: ast.Call) -> bool:
    name = called(call)
    if name == "HttpResponse":
        return any(word.arg == "content_type" for word in call.keywords)
    if name in ("open", "ZipFile", "fdopen"):
        modes = [*call.args[:2], *(word.value for word in call.keywords if word.arg == "mode")]
        return any(isinstance(one, ast.Constant) and one.value in WRITES for one in modes)
    return name in ALWAYS


def calls(function: ast.FunctionDef) -> list[ast.Call]:
    return [one for one in ast.walk(function) if isinstance(one, ast.Call)]


def found_in_code() -> set[str]:
    return {at for at, function in functions().items() if any(map(is_way_out, calls(function)))}


def outsiders_screens() -> set[str]:
    """The views behind the addresses of people who are not staff."""
    views = [view for _, _, view in ours() if not hasattr(view, "permission")]
    return {f"{one.__module__}:{one.__name__}" for one in views if one.__module__.startswith(OUTSIDERS)}


def parameters(function: ast.FunctionDef) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def takes_clearance(function: ast.FunctionDef) -> bool:
    """Whether it has a parameter that is a Clearance, and uses it."""
    for one in parameters(function):
        if one.annotation is not None and "Clearance" in ast.unparse(one.annotation):
            used = (node for node in ast.walk(function) if isinstance(node, ast.Name))
            return any(node.id == one.arg for node in used)
    return False


def asks_the_gate(function: ast.FunctionDef) -> bool:
    return any(called(one) in GATES and ast.unparse(one.func).startswith("gate.") for one in calls(function))


def is_cleared(function: ast.FunctionDef) -> bool:
    return takes_clearance(function) or asks_the_gate(function)


def mentions(function: ast.FunctionDef, at: str) -> bool:
    last = at.partition(":")[2].rpartition(".")[2]
    return any(
        (isinstance(node, ast.Name) and node.id == last) or (isinstance(node, ast.Attribute) and node.attr == last)
        for node in ast.walk(function)
    )


def test_no_way_out_is_missing_from_the_table_and_none_in_it_is_gone():
    there = found_in_code() | outsiders_screens()
    assert sorted(there - set(ROWS)) == [], "say in tests/house/ways_out.toml how these are cleared"
    steps = {step for row in TABLE for step in row.get("through", [])}
    assert sorted(set(ROWS) - there - steps) == [], "these are in tests/house/ways_out.toml and nowhere else"
    assert len(ROWS) == len(TABLE), "one row for each"


@pytest.mark.parametrize("at", sorted(ROWS))
def test_every_way_out_is_cleared_as_the_table_says(at):
    row, function = ROWS[at], functions()[at]
    (way,) = CHECKS.keys() & set(row)
    CHECKS[way](function, row[way])


def check_steps(function: ast.FunctionDef, steps: list[str], ends=is_cleared) -> None:
    """Each step names the next; the last one takes a Clearance or asks the gate (or what `ends` says)."""
    for step in steps:
        assert step in functions(), f"there is no {step}"
        assert mentions(function, step), f"it does not go through {step}"
        function = functions()[step]
    assert ends(function), "the last step does not ask the gate"


def check_senders(_: ast.FunctionDef, senders: list[str]) -> None:
    assert senders
    for one in senders:
        assert is_cleared(functions()[one]), f"{one} takes no Clearance, or does not look at it"


def writes_reading(function: ast.FunctionDef) -> bool:
    return any(ast.unparse(one.func) in ("ledger.read", "ledger.read_list") for one in calls(function))


def check_own(function: ast.FunctionDef, why: str) -> None:
    """The door lets in the client themself, who reaches nothing but their own record."""
    doors = [one for one in function.decorator_list if isinstance(one, ast.Call) and called(one) == "guest"]
    holders = {ast.literal_eval(one) for door in doors for one in door.args}
    assert "client" in holders, "its door is not the client's"
    assert holders == {"client"} or "Holder.OUTSIDER" in ast.unparse(function), "outsiders come in here too"
    check_reason(function, why)


def check_reason(_: ast.FunctionDef, why: str) -> None:
    assert len(why.split()) > 3, "a reason, please"


def check_takes(function: ast.FunctionDef, _: bool) -> None:
    assert takes_clearance(function), "it takes no Clearance, or does not look at it"


CHECKS = {
    "takes": check_takes,
    "through": check_steps,
    "only_from": check_senders,
    "read": lambda function, step: check_steps(function, [step], ends=writes_reading),
    "own": check_own,
    "sealed": check_reason,
    "nobody": check_reason,
}


def test_the_test_finds_what_it_should():
    """A way out made up here is seen, and one without a Clearance is not let pass."""
    leak = ast.parse("def leak(client):\n    return HttpResponse(pdf(T, {}), content_type='application/pdf')").body[0]
    page = ast.parse("def page(request):\n    return HttpResponse('hello')").body[0]
    assert [any(map(is_way_out, calls(one))) for one in (leak, page)] == [True, False]
    fair = ast.parse(
        "def fair(clearance: gate.Clearance):\n    clearance.check(1, 'plan')\n    return pdf(T, {})"
    ).body[0]
    idle = ast.parse("def idle(clearance: gate.Clearance):\n    return pdf(T, {})").body[0]
    assert [takes_clearance(one) for one in (leak, fair, idle)] == [False, True, False]
