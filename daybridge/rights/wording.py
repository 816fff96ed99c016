"""The words of letters and of the notice: data in two languages, filled in, and taken apart for a page. Pure."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "es")
HERE = Path(__file__).parent / "texts"


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, a paragraph, or a list: exactly one of the three is there."""

    heading: str = ""
    words: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text as a page or a document shows it."""

    title: str
    parts: tuple[Part, ...]


@cache
def book(name: str, language: str) -> Mapping[str, Any]:
    """A file of texts in one language."""
    return tomllib.loads((HERE / f"{name}.{language}.toml").read_text(encoding="utf-8"))


def letter(name: str, language: str, facts: Mapping[str, str]) -> str:
    """A letter's exact words: its title after "# ", then its text. `facts` are values for the braces.

    What people typed is put in last and on lines of its own making, so it can neither fill braces nor make headings.
    Raises KeyError for a letter or a fact that is not there.
    """
    texts = book("letters", language)
    raw = texts["letter"][name]
    plain = {key: said(value) for key, value in facts.items()}
    blocks = {key: filled(text.strip(), plain) for key, text in texts["blocks"].items() if key in _names(raw["text"])}
    return f"# {raw['title']}\n\n{filled(raw['text'].strip(), plain | blocks)}\n"


def _names(text: str) -> set[str]:
    return {part.partition("}")[0] for part in text.split("{")[1:]}


def filled(text: str, values: Mapping[str, str]) -> str:
    """Fill the braces of a text in one go: values are never looked into for braces of their own."""
    head, *rest = text.split("{")
    out = [head]
    for part in rest:
        name, _close, after = part.partition("}")
        out += [values[name], after]
    return "".join(out)


def said(value: str) -> str:
    """What somebody typed as plain lines: no line of it can pass for a heading, a title or an item of ours."""
    lines = (" ".join(line.split()) for line in value.splitlines())
    return "\n".join(f"\u200b{line}" if line.startswith(("#", "-")) else line for line in lines if line)


def sheet(text: str) -> Sheet:
    """A text taken apart; every word of it is kept."""
    title, *lines = text.strip().splitlines()
    parts: list[Part] = []
    for line in filter(None, lines):
        if line.startswith("## "):
            parts.append(Part(heading=line[3:]))
        elif not line.startswith("- "):
            parts.append(Part(words=line))
        elif parts and parts[-1].items:
            parts[-1] = Part(items=(*parts[-1].items, line[2:]))
        else:
            parts.append(Part(items=(line[2:],)))
    return Sheet(title.removeprefix("# "), tuple(parts))


def plain(text: str) -> str:
    """A text without its marks for headings, as it is read aloud."""
    return "\n".join(line.removeprefix("## ").removeprefix("# ") for line in text.splitlines())


def text_hash(text: str) -> str:
    """SHA-256 (hex) of the exact words."""
    return hashlib.sha256(text.encode()).hexdigest()
