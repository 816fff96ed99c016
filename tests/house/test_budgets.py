"""Sizes that keep the house readable: files, functions, branches, parameters, templates, CSS, scripts."""

import ast
from pathlib import Path
from statistics import median, quantiles

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ROOT / "daybridge"
CODE = [p for p in ROOMS.rglob("*.py") if not {"tests", "migrations"} & set(p.parts)]
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in CODE}
TEMPLATES = list(ROOMS.rglob("templates/**/*.html"))
BRANCHES = (ast.If, ast.For, ast.While, ast.Try, ast.IfExp, ast.BoolOp, ast.ExceptHandler, ast.comprehension)


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions():
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def length(node: ast.AST) -> int:
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return body[-1].end_lineno - body[0].lineno + 1


def p95(values: list[int]) -> float:
    return quantiles(values, n=20)[-1]


def test_files_are_short():
    sizes = [lines(path) for path in CODE if path.name not in {"__init__.py", "apps.py"}]
    assert median(sizes) <= 80, median(sizes)
    assert p95(sizes) <= 300, p95(sizes)
    assert [str(path) for path in CODE if lines(path) > 500] == []


def test_functions_are_short():
    sizes = [length(node) for _, node in functions()]
    assert median(sizes) <= 8
    assert p95(sizes) <= 30
    assert [f"{path.relative_to(ROOT)}:{node.name}" for path, node in functions() if length(node) > 60] == []


def test_functions_branch_little():
    counts = [sum(isinstance(part, BRANCHES) for part in ast.walk(node)) for _, node in functions()]
    assert p95(counts) <= 6


def test_parameters_are_few_and_named_in_actions_and_queries():
    wrong = []
    for path, node in functions():
        named, given = node.args.kwonlyargs, node.args.posonlyargs + node.args.args
        given = [arg for arg in given if arg.arg not in {"self", "cls"}]
        if len(named) + len(given) > 6:
            wrong.append(f"{path.relative_to(ROOT)}:{node.name} takes {len(named) + len(given)} parameters")
        public = not node.name.startswith("_") and node.col_offset == 0
        if public and path.stem in {"actions", "queries"} and given:
            wrong.append(f"{path.relative_to(ROOT)}:{node.name} takes unnamed parameters")
    assert wrong == []


def test_templates_are_short():
    sizes = [lines(path) for path in TEMPLATES]
    assert median(sizes) <= 45
    assert p95(sizes) <= 120
    assert [str(path) for path in TEMPLATES if lines(path) > 200] == []


def test_style_sheets_and_scripts_are_short():
    sheets = sum(lines(path) for path in (ROOMS / "ui/static/ui").glob("*.css"))
    assert sheets <= 1200
    assert [p.name for p in ROOMS.rglob("static/**/*.js") if lines(p) > 150] == []


@pytest.mark.parametrize("path", CODE, ids=lambda p: str(p.relative_to(ROOMS)))
def test_every_module_says_what_it_is_for(path):
    assert ast.get_docstring(TREES[path]), "a module starts with one line that says what it is for"


def test_no_module_is_named_for_nothing():
    vague = {"manager", "managers", "helper", "helpers", "utils", "base", "common", "misc"}
    assert [str(path) for path in CODE if path.stem in vague] == []


def test_public_rules_actions_and_queries_make_a_promise():
    wrong = []
    for path, node in functions():
        room_part = path.relative_to(ROOMS).parts
        if len(room_part) < 2 or not {"rules", "actions", "queries"} & {path.stem, room_part[1]}:
            continue
        if node.col_offset == 0 and not node.name.startswith("_") and not ast.get_docstring(node):
            wrong.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert wrong == []
