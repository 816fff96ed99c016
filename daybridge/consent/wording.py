"""The words a client signs: forms as data, filled in and bound by their hash. Pure."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from daybridge.kit.errors import Refused

HERE = Path(__file__).parent
LANGUAGES = ("en", "es")
# The two that admission needs, then those a client may choose, then the smaller ones.
FIRST = ("treatment", "part2-tpo")
CHOSEN = (
    "family", "named-recipient", "class-of-recipients", "intermediary", "counseling-notes", "legal-proceeding",
    "court-referral",
)  # fmt: skip
SMALL = ("telehealth", "photo-kiosk", "community", "research-contact")
FORMS = FIRST + CHOSEN + SMALL


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with what stands under it; `id` names the element of 42 CFR 2.31 it carries."""

    id: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Form:
    """One consent form in one language. `information` and `purpose` are codes, the rest is words."""

    id: str
    version: str
    language: str
    title: str
    information: tuple[str, ...]
    purpose: str
    recipient: str
    expires_when: str
    sections: tuple[Section, ...]

    @property
    def name(self) -> str:
        """What a signed consent keeps of its form: "part2-tpo@2026.1"."""
        return f"{self.id}@{self.version}"


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph (`words`) or a list (`items`)."""

    words: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading with its parts."""

    heading: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text as a page shows it."""

    title: str
    passages: tuple[Passage, ...]


@cache
def form(form_id: str, language: str) -> Form:
    """A form by id and language. Raises Refused for one we do not have."""
    if form_id not in FORMS or language not in LANGUAGES:
        raise Refused("There is no such consent form in this language.")
    data, same = _file(f"{form_id}.{language}"), _file(f"shared.{language}")
    sections = tuple(_section(one, same) for one in data.pop("section"))
    return Form(sections=sections, information=tuple(data.pop("information")), **data)


def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / "texts" / f"{name}.toml").read_text(encoding="utf-8"))


def _section(one: Mapping[str, str], same: Mapping[str, Mapping[str, str]]) -> Section:
    """A section that gives no words of its own takes the shared ones."""
    words = one if "text" in one else same[one["id"]]
    return Section(one["id"], words["heading"], words["text"].strip())


def render(of: Form, *, program: str, client: str, date: str, filled: Mapping[str, str] | None = None) -> str:
    """The exact text to sign: "# " title, "## " headings, "- " items, other lines are words.

    `filled` holds what was chosen, in words (`phrases.fill`).
    """
    names = {"program": one_line(program), "client": one_line(client), "date": one_line(date), **(filled or {})}
    parts = [f"# {of.title.format(**names)}"]
    for section in of.sections:
        parts.append(f"## {section.heading.format(**names)}\n{_lines(section.text.format(**names))}")
    return "\n\n".join(parts) + "\n"


def _lines(text: str) -> str:
    """Without the empty lines that a choice nobody made leaves behind."""
    return "\n".join(filter(None, text.split("\n")))


def one_line(value: str) -> str:
    """A name as one line, so that it cannot pass for a heading of its own."""
    return " ".join(value.split())


def text_hash(text: str) -> str:
    """SHA-256 (hex) of the text, byte for byte as it was shown."""
    return hashlib.sha256(text.encode()).hexdigest()


def sheet(text: str) -> Sheet:
    """A rendered text, taken apart for a page; every word of it is kept."""
    title, *passages = text.strip().split("\n\n## ")
    return Sheet(title.removeprefix("# "), tuple(_passage(one) for one in passages))


def _passage(text: str) -> Passage:
    heading, *lines = text.splitlines()
    parts: list[Part] = []
    for line in filter(None, lines):
        if not line.startswith("- "):
            parts.append(Part(words=line))
        elif parts and parts[-1].items:
            parts[-1] = Part(items=(*parts[-1].items, line[2:]))
        else:
            parts.append(Part(items=(line[2:],)))
    return Passage(heading, tuple(parts))


@cache
def notices() -> Mapping[str, str]:
    """Statement id to its words. Source: 42 CFR 2.32."""
    data = tomllib.loads((HERE / "notices.toml").read_text(encoding="utf-8"))
    return {row["id"]: row["text"] for row in data["notice"]}
