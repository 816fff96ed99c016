"""What these pages say: all of it in Spanish too, and easy to read."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from daybridge.consent.rules import consented, restrictions, ways

ROOM = Path(__file__).resolve().parents[1]
# Read by staff, in English.
OURS = {"passes.html", "preview.html"}
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "Refused"}


@pytest.fixture(scope="module")
def spanish():
    with open(ROOM / "locale/es/LC_MESSAGES/django.po", encoding="utf-8") as file:
        catalog = read_po(file, locale="es")
    told = [(one.id if isinstance(one.id, str) else one.id[0], one.string) for one in catalog if one.id]
    return {said: words for said, words in told if all(words if isinstance(words, tuple) else (words,))}


def in_code():
    for path in ROOM.rglob("*.py"):
        if {"tests", "migrations"} & set(path.parts):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS
            if named and node.args and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


def in_pages():
    for path in (ROOM / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8") if path.name not in OURS else ""
        yield from re.findall(r'{%\s*translate\s+"([^"]+)"', text)
        yield from re.findall(r'_\("([^"]+)"\)', text)
        for said in re.findall(r"{%\s*blocktranslate[^%]*%}(.*?){%\s*(?:endblocktranslate|plural)", text, re.S):
            yield re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", said)


def test_everything_a_client_reads_is_there_in_spanish(spanish):
    assert sorted((set(in_code()) | set(in_pages())) - set(spanish)) == []


def test_why_something_stays_is_there_in_spanish(spanish):
    lacks = [one for module in (consented, restrictions) for one in vars(module).values() if isinstance(one, tuple)]
    said = {one[0] for one in lacks if len(one) == 2 and str(one[0]).endswith(".")}
    said |= {way.beyond for way in ways.WAYS.values() if way.by_consent}
    assert sorted(said - set(spanish)) == []


def test_sentences_on_these_pages_are_short():
    for said in in_pages():
        for sentence in re.split(r"[.?!:]\s", said):
            assert len(sentence.split()) <= 20, sentence


def test_english_reads_at_sixth_grade():
    sentences = [one for one in {*in_pages()} if one.endswith((".", "?"))]
    words = re.findall(r"[a-z’']+", " ".join(sentences).lower())
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word)))) for word in words)
    ends = sum(len(re.findall(r"[.?!](?:\s|$)", one)) for one in sentences)
    assert 0.39 * len(words) / ends + 11.8 * syllables / len(words) - 15.59 <= 6
