"""The pages for people: links lead somewhere, and nothing that can be set, run or ruled is left untold."""

import re
import tomllib
from pathlib import Path

from daybridge.config.cli import COMMANDS, parser

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
FRONT = [ROOT / name for name in ("README.md", "ARCHITECTURE.md", "SECURITY.md", "CONTRIBUTING.md")]
RUNNING = DOCS / "guide" / "running-daybridge.md"
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
VARIABLE = re.compile(r"\b(?:DAYBRIDGE_[A-Z_]+|DATABASE_URL)\b")


def words(path: Path) -> str:
    """The text without code, where brackets are no links."""
    text = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"`[^`\n]*`", "", text)


def anchors(path: Path) -> set[str]:
    """Headings as GitHub links to them."""
    heads = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def pages() -> list[Path]:
    return [path for path in [*FRONT, *sorted(DOCS.rglob("*.md"))] if path.exists()]


def test_every_relative_link_leads_to_a_page_and_its_heading():
    wrong = []
    for page in pages():
        for link in LINK.findall(words(page)):
            target, _, heading = link.partition("#")
            if "://" in target or target.startswith("mailto:"):
                continue
            there = (page.parent / target).resolve() if target else page
            if not there.exists() or (heading and heading not in anchors(there)):
                wrong.append(f"{page.relative_to(ROOT)}: {link}")
    assert wrong == []


def test_every_guide_and_rule_page_is_on_its_list():
    for folder in (DOCS / "guide", DOCS / "rules"):
        listed = set(LINK.findall(words(folder / "README.md")))
        assert {page.name for page in folder.glob("*.md")} - {"README.md"} - listed == set()


def test_every_row_of_a_rulebook_has_a_line_in_the_rules():
    told = "\n".join(path.read_text(encoding="utf-8") for path in (DOCS / "rules").glob("*.md"))
    lines = set(re.findall(r"^\| ([A-Z]+-[A-Z0-9-]+) \|", told, flags=re.MULTILINE))
    books = sorted((ROOT / "daybridge").glob("*/rulebook.toml"))
    rows = {row["id"] for book in books for row in tomllib.loads(book.read_text(encoding="utf-8"))["row"]}
    assert rows
    assert rows - lines == set()


def test_every_command_is_told_to_the_administrator():
    shown = parser().format_help()
    told = RUNNING.read_text(encoding="utf-8")
    assert [name for name in COMMANDS if name not in shown] == []
    assert [name for name in COMMANDS if f"`daybridge {name}" not in told] == []


def test_every_variable_of_the_environment_is_told_to_the_administrator():
    sources = [path for path in (ROOT / "daybridge" / "config").rglob("*.py") if "tests" not in path.parts]
    read = {name for path in sources for name in VARIABLE.findall(path.read_text(encoding="utf-8"))}
    told = set(VARIABLE.findall(RUNNING.read_text(encoding="utf-8")))
    assert read - told - {"DAYBRIDGE_PARENT"} == set()  # the parent's word to its own children
    assert told - read == set()


def test_the_tables_of_rooms_have_the_floors_of_the_contract():
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ][0]
    floors = [set(layer.split(" | ")) for layer in contract["layers"]]
    for page in ("README.md", "ARCHITECTURE.md"):
        table = (ROOT / page).read_text(encoding="utf-8").partition("| floor | rooms")[2].partition("\n\n")[0]
        rows = [set(re.findall(r"`(\w+)`", row.split("|")[2])) for row in table.splitlines()[2:]]
        assert rows == floors, page
