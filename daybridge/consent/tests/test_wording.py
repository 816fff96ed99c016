"""The forms as data: complete, plain, bound by their hash."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from daybridge.consent import wording
from daybridge.consent.rules import SHORT_NOTICE
from daybridge.kit.errors import Refused

EACH = list(product(wording.FORMS, wording.LANGUAGES))
# 42 CFR 2.31(a)(1)-(10) for one consent to treatment, payment and operations; signature and date are on the page.
ELEMENTS = {"whose", "who-shares", "what", "to-whom", "purpose", "shared-again", "take-back", "ends", "refusing"}
NAMES = {"program": "Harbor Recovery", "client": "Rosa Delgado", "date": "March 2, 2026"}


@pytest.mark.parametrize(("form", "language"), EACH)
def test_every_form_exists_in_every_language_with_the_same_sections(form, language):
    found, english = wording.form(form, language), wording.form(form, "en")
    assert (found.id, found.language, found.version) == (form, language, english.version)
    assert [one.id for one in found.sections] == [one.id for one in english.sections]


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_the_part_2_form_has_every_element_of_the_rule(language):
    form = wording.form("part2-tpo", language)
    assert {one.id for one in form.sections} >= ELEMENTS
    text = wording.render(form, **NAMES)
    assert "42 CFR" in text
    assert "HIPAA" in text
    assert form.expires_when


@pytest.mark.parametrize(("form", "language"), EACH)
def test_names_are_filled_in_and_no_brace_is_left(form, language):
    text = wording.render(wording.form(form, language), **NAMES)
    assert all(name in text for name in NAMES.values())
    assert not set("{}") & set(text)


@pytest.mark.parametrize("form", wording.FORMS)
def test_english_forms_read_at_eighth_grade_or_below(form):
    text = wording.render(wording.form(form, "en"), **NAMES)
    assert grade(text) <= 8


def grade(text):
    """Flesch-Kincaid grade; headings and items count as sentences."""
    sentences = [one for one in re.split(r"[.!?:\n]+", text) if re.search(r"[a-z]", one)]
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower())))) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


@pytest.mark.parametrize(("form", "language"), EACH)
def test_a_page_shows_every_word_of_the_text(form, language):
    text = wording.render(wording.form(form, language), **NAMES)
    sheet = wording.sheet(text)
    shown = [sheet.title]
    for passage in sheet.passages:
        shown += [passage.heading, *(line for part in passage.parts for line in (part.items or (part.words,)))]
    assert shown == [re.sub(r"^(#+|-) ", "", line) for line in text.splitlines() if line]


@given(name=some.text(max_size=80))
def test_a_strange_name_stays_one_line_and_adds_no_heading(name):
    form = wording.form("part2-tpo", "en")
    sheet = wording.sheet(wording.render(form, program="Harbor", client=name, date="today"))
    assert len(sheet.passages) == len(form.sections)


def test_one_letter_changes_the_hash():
    text = wording.render(wording.form("treatment", "en"), **NAMES)
    assert wording.text_hash(text) != wording.text_hash(text.replace("Rosa", "Rose", 1))
    assert len(wording.text_hash(text)) == 64


@pytest.mark.parametrize(("form", "language"), [("treatment", "fr"), ("../secret", "en"), ("other", "en")])
def test_an_unknown_form_or_language_is_refused(form, language):
    with pytest.raises(Refused):
        wording.form(form, language)


def test_the_notice_the_rule_names_has_words():
    assert wording.notices()[SHORT_NOTICE].startswith("42 CFR part 2")


def test_every_english_word_of_the_signing_pages_has_a_spanish_one():
    """The compiled catalog is made at set-up; here the source of it is held complete."""
    catalog = (wording.HERE / "locale" / "es" / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    pages = [wording.HERE / "templates" / "consent" / name for name in ("sign.html", "copy.html")]
    sources = "".join(page.read_text(encoding="utf-8") for page in [*pages, wording.HERE / "forms.py"])
    said = re.findall(r'(?:translate |_\()"([^"]+)"', sources)
    assert said
    assert [words for words in said if f'msgid "{words}"' not in catalog and words != REVOKE] == []


REVOKE = "Why, if the person says"  # a staff page
