"""What no view and no template may do."""

import ast
import re
from pathlib import Path

ROOMS = Path(__file__).resolve().parents[2] / "daybridge"
VIEWS = [p for p in ROOMS.rglob("*.py") if "views" in (p.stem, p.parent.name) and "tests" not in p.parts]
TEMPLATES = list(ROOMS.rglob("templates/**/*.html"))


def test_views_reach_records_only_through_actions_and_queries():
    wrong = []
    for path in VIEWS:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            of_actions = isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith("actions")
            if isinstance(node, ast.Attribute) and node.attr in {"objects", "save", "delete"} and not of_actions:
                wrong.append(f"{path.relative_to(ROOMS)}:{node.lineno} .{node.attr}")
    assert wrong == []


def test_templates_carry_no_inline_style_or_script():
    pattern = re.compile(r"<style|\sstyle=|<script(?![^>]*\bsrc=)(?![^>]*application/json)|\shx-on|\son[a-z]+=\"")
    wrong = [f"{p.relative_to(ROOMS)}: {m[0]}" for p in TEMPLATES for m in pattern.finditer(p.read_text("utf-8"))]
    assert wrong == []


def test_templates_fetch_nothing_from_elsewhere():
    pattern = re.compile(r"(?:src|href|action)=\"(?:https?:)?//")
    wrong = [str(p.relative_to(ROOMS)) for p in TEMPLATES if pattern.search(p.read_text("utf-8"))]
    assert wrong == []


UNKIND = re.compile(
    r"\b(addicts?|abusers?|substance abuse|clean time|dirty|junkie|alcoholics?|non-?compliant|failed treatment"
    r"|drug habit|relapsed|drop-?outs?)\b",
    re.I,
)


def test_words_on_pages_put_the_person_first():
    wrong = []
    for path in TEMPLATES:
        text = re.sub(r"{%.*?%}|{{.*?}}|<[^>]+>", lambda m: m[0] if "trans" in m[0] else " ", path.read_text("utf-8"))
        wrong += [f"{path.relative_to(ROOMS)}: {match[0]}" for match in UNKIND.finditer(text)]
    assert wrong == []
