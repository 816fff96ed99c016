"""The table of security requirements names tests that exist, and leaves no requirement of levels 1 and 2 out."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "asvs.md"
TEST = re.compile(r"`([\w/.]+\.py)::(test_\w+)`")
NUMBER = re.compile(r"\b(\d{1,2}\.\d{1,2}\.\d{1,2})\b")
ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| (.+) \|$", re.MULTILINE)

# OWASP ASVS 5.0: how many numbers of levels 1 and 2 each section has, counted from 1; {chapter: {section: last}}.
ASKED = {
    1: {1: 2, 2: 9, 3: 11, 4: 3, 5: 2}, 2: {1: 3, 2: 3, 3: 4, 4: 1}, 3: {2: 2, 3: 4, 4: 6, 5: 5, 7: 2},
    4: {1: 3, 2: 1, 3: 2, 4: 4}, 5: {1: 1, 2: 3, 3: 2, 4: 3}, 6: {1: 3, 2: 11, 3: 3, 4: 4, 5: 5, 6: 3},
    7: {1: 3, 2: 4, 3: 2, 4: 5, 5: 2, 6: 2}, 8: {1: 2, 2: 3, 3: 1, 4: 1}, 11: {1: 2, 2: 3, 3: 3, 4: 3, 5: 1, 6: 1},
    12: {1: 3, 2: 2, 3: 4}, 13: {1: 1, 2: 5, 3: 2, 4: 5}, 14: {1: 2, 2: 4, 3: 3}, 15: {1: 3, 2: 3, 3: 7},
    16: {1: 1, 2: 5, 3: 4, 4: 3, 5: 3},
}  # fmt: skip
AS_A_WHOLE = ("V9", "V10", "V17")


def rows() -> list[tuple[str, str, str]]:
    found = ROW.findall(PAGE.read_text(encoding="utf-8"))
    return [row for row in found if row[0] not in {"number", "---"} and not row[0].startswith("---")]


@cache
def named_in(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_test_it_names_exists():
    named = TEST.findall(PAGE.read_text(encoding="utf-8"))
    assert len(named) > 100
    gone = [f"{path}::{test}" for path, test in named if not (ROOT / path).is_file() or test not in named_in(path)]
    assert gone == []


def test_no_requirement_is_left_out():
    wanted = {
        f"{chapter}.{section}.{n}"
        for chapter, sections in ASKED.items()
        for section, last in sections.items()
        for n in range(1, last + 1)
    }
    told = [number for ids, _words, _how in rows() for number in NUMBER.findall(ids)]
    assert sorted(wanted - set(told)) == []
    assert len(told) == len(set(told)), "a number stands twice"
    whole = {ids.strip() for ids, _words, _how in rows()}
    assert set(AS_A_WHOLE) <= whole


def test_every_row_is_shown_or_says_why_not():
    bare = [
        ids for ids, _words, how in rows()
        if not TEST.search(how) and not re.match(r"(Does not apply|Open|The |No |There |Two |Python |\[)", how)
    ]  # fmt: skip
    assert bare == []


def test_the_page_of_security_leads_to_it():
    assert "(docs/asvs.md)" in (ROOT / "SECURITY.md").read_text(encoding="utf-8")
