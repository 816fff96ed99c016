"""Style sheets and scripts keep their budgets: size, no ids, no eval."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parent.parent / "static" / "ui"
SHEETS = sorted(STATIC.glob("*.css"))
SCRIPTS = sorted(STATIC.glob("*.js"))


def bare(sheet: Path) -> str:
    return re.sub(r"/\*.*?\*/|url\([^)]*\)", "", sheet.read_text(), flags=re.S)


def test_the_sheets_stay_under_1200_lines_together():
    assert sum(len(sheet.read_text().splitlines()) for sheet in SHEETS) <= 1200


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_sheet_has_a_layer_no_id_and_no_color_of_its_own(sheet):
    text = bare(sheet)
    assert "@layer" in text
    assert re.findall(r"#[\w-]+", text) == []
    assert "!important" not in text
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_short_and_needs_no_eval(script):
    text = script.read_text()
    assert len(text.splitlines()) < 150
    assert not re.search(r"\beval\(|new Function|\.style\b|innerHTML|document\.write", text)


def test_what_a_first_page_loads_of_ours_is_small_even_uncompressed():
    assert sum(path.stat().st_size for path in [*SHEETS, *SCRIPTS]) < 100_000
