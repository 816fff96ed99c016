"""The forms as data: complete, plain, bound by their hash."""

import re
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from daybridge.consent import phrases, terms, wording
from daybridge.consent.rules import SHORT_NOTICE
from daybridge.consent.rules.words import CLASSES, FormKind, Kind
from daybridge.consent.terms import Terms
from daybridge.kit.errors import Refused

EACH = list(product(wording.FORMS, wording.LANGUAGES))
PART_2 = ("part2-tpo", *wording.CHOSEN)
# 42 CFR 2.31(a)(1)-(10), (c), by the section that carries it; the name, mark and day stand under "signing".
ELEMENTS = {
    "whose", "who-shares", "what", "to-whom", "purpose", "shared-again", "take-back", "ends", "refusing", "signing",
}  # fmt: skip
ALONE = ("legal-proceeding", "counseling-notes")
NAMES = {"program": "Harbor Recovery", "client": "Rosa Delgado", "date": "March 2, 2026"}
CHOSEN = Terms(
    recipient_type="person", name="Ana Vega", relation="mother", members=("Lakeside Clinic", "Dr. Omar Haddad"),
    matter="case 26-118 in the county court", purposes=("treatment", "at-request"),
    kinds=("presence", "schedule", "attendance"), sensitivities=("hiv",), ends="day", expires_on=date(2026, 9, 1),
)  # fmt: skip


def written(form, language, terms=CHOSEN):
    filled = phrases.fill(terms, language, program=NAMES["program"], day=date.isoformat)
    return wording.render(wording.form(form, language), **NAMES, filled=filled)


@pytest.mark.parametrize(("form", "language"), EACH)
def test_every_form_exists_in_every_language_with_the_same_sections(form, language):
    found, english = wording.form(form, language), wording.form(form, "en")
    assert (found.id, found.language, found.version) == (form, language, english.version)
    assert [one.id for one in found.sections] == [one.id for one in english.sections]
    assert all(one.heading and one.text for one in found.sections)


def test_every_kind_of_consent_has_a_form():
    assert set(wording.FORMS) == set(FormKind)
    assert {path.name.split(".")[0] for path in (wording.HERE / "texts").iterdir()} == {*FormKind, "shared", "words"}


@pytest.mark.parametrize(("form", "language"), list(product(PART_2, wording.LANGUAGES)))
def test_each_part_2_form_has_every_element_of_the_rule(form, language):
    assert {one.id for one in wording.form(form, language).sections} >= ELEMENTS
    text = written(form, language)
    assert "42 CFR" in text
    assert "HIPAA" in text or form in {"family", "legal-proceeding"}
    assert wording.form(form, language).expires_when


@pytest.mark.parametrize(("form", "language"), list(product(wording.SMALL, wording.LANGUAGES)))
def test_the_smaller_forms_too_say_how_to_take_it_back_when_it_ends_and_what_a_no_means(form, language):
    found = {one.id for one in wording.form(form, language).sections}
    assert found >= {"whose", "what", "private", "take-back", "ends", "refusing", "signing", "copy"}


@pytest.mark.parametrize(("form", "language"), list(product(ALONE, wording.LANGUAGES)))
def test_legal_cases_and_private_notes_stand_alone_and_say_so(form, language):
    assert "alone" in {one.id for one in wording.form(form, language).sections}


@pytest.mark.parametrize(("form", "language"), list(product(wording.CHOSEN, wording.LANGUAGES)))
def test_what_was_chosen_stands_in_the_words(form, language):
    text = written(form, language)
    assert "Ana Vega (mother)" in text
    assert "2026-09-01" in text
    assert ("case 26-118" in text) == (form in ("legal-proceeding", "court-referral"))
    assert ("- Lakeside Clinic\n- Dr. Omar Haddad" in text) == (form == "intermediary")
    if form != "counseling-notes":
        assert f"- {phrases.kind('schedule', language)}\n- {phrases.kind('attendance', language)}" in text
        assert phrases.kind("tests", language) not in text
        assert phrases.words(language)["also"].format(list=phrases.sensitivity("hiv", language)) in text


@pytest.mark.parametrize(("form", "language"), EACH)
def test_names_are_filled_in_and_no_brace_is_left(form, language):
    text = written(form, language)
    assert all(name in text for name in NAMES.values())
    assert not set("{}") & set(text)


@pytest.mark.parametrize("form", wording.FORMS)
def test_english_forms_read_at_their_grade(form):
    assert grade(written(form, "en")) <= (8 if form in PART_2 else 6.9)


@pytest.mark.parametrize("form", wording.FORMS)
def test_spanish_forms_read_easily(form):
    assert ease(written(form, "es")) >= (65 if form in PART_2 else 70)


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_every_code_has_words_in_three_voices(language):
    told = phrases.words(language)
    assert set(told["kinds"]) == set(Kind)
    assert set(told["classes"]) == set(CLASSES)
    assert set(told["sensitivities"]) == set(terms.BOXES)
    assert set(told["purposes"]) >= {one for asked in terms.ASKS.values() for one in asked.purposes}
    voices = [said for table in ("kinds", "purposes", "classes") for said in told[table].values()]
    assert all(len(said) == 3 and all(said) for said in voices)


def ease(text):
    """Fernandez Huerta's reading ease of Spanish: 60-70 is standard, above is easy; vowel groups count as syllables."""
    sentences = [one for one in re.split(r"[.!?:\n]+", text) if re.search(r"[a-z]", one)]
    words = re.findall(r"[A-Za-záéíóúüñÁÉÍÓÚÑ']+", text)
    vowels = re.compile(r"[iuü]?[aeoáéó](?:[iuy](?![aeoáéó]))?|[íú]|[iuüy]+")
    syllables = sum(max(1, len(vowels.findall(word.lower()))) for word in words)
    return 206.84 - 60 * syllables / len(words) - 1.02 * len(words) / len(sentences)


def grade(text):
    """Flesch-Kincaid grade; headings and items count as sentences."""
    sentences = [one for one in re.split(r"[.!?:\n]+", text) if re.search(r"[a-z]", one)]
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower())))) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


@pytest.mark.parametrize(("form", "language"), EACH)
def test_a_page_shows_every_word_of_the_text(form, language):
    text = written(form, language)
    sheet = wording.sheet(text)
    shown = [sheet.title]
    for passage in sheet.passages:
        shown += [passage.heading, *(line for part in passage.parts for line in (part.items or (part.words,)))]
    assert shown == [re.sub(r"^(#+|-) ", "", line) for line in text.splitlines() if line]


@given(name=some.text(max_size=80))
def test_a_strange_name_stays_one_line_and_adds_no_heading(name):
    filled = phrases.fill(
        Terms(recipient_type="person", name=name, relation=name, members=(name,), event=name, ends="event"),
        "en", program="Harbor", day=date.isoformat,
    )  # fmt: skip
    for form_id in ("part2-tpo", "family", "intermediary"):
        form = wording.form(form_id, "en")
        sheet = wording.sheet(wording.render(form, program="Harbor", client=name, date="today", filled=filled))
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


def test_every_english_word_of_the_clients_pages_has_a_spanish_one():
    """The compiled catalog is made at set-up; here the source of it is held complete. The desk is a page of staff."""
    catalog = (wording.HERE / "locale" / "es" / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    said = {words for path in SPOKEN if "desk" not in path.name for words in _said(path.read_text(encoding="utf-8"))}
    assert len(said) > 100
    lacking = [words for words in said if f'"{words}"'.replace("\n", "") not in catalog]
    assert sorted(lacking) == []


ACTS = ("signing", "paper", "preparing", "refusing", "ending", "within", "speaking", "copies")
SPOKEN = [
    *wording.HERE.glob("templates/consent/*.html"),
    *wording.HERE.glob("views/*.py"),
    *wording.HERE.glob("queries/*.py"),
    *(wording.HERE / f"{name}.py" for name in ("forms", "choices", "documents", "terms", "tickets", "who")),
    *(wording.HERE / "actions" / f"{name}.py" for name in ACTS),
]  # fmt: skip


def _said(source):
    """What a template or a module says to people; of the forms, those before the desk's."""
    source = source.split("CALLERS = [")[0]
    yield from re.findall(r'(?:translate |_(?:now|lazy)?\()"([^"]+)"', source)
    yield from re.findall(r'(?:Refused|BadInput|IllegalMove|Problem)\((?:"\w+", )?"([^"]+)"', source)
    for block in re.findall(r"{% blocktranslate[^%]*%}(.*?){% endblocktranslate %}", source, re.S):
        yield from (re.sub(r"{{ *(\w+) *}}", r"%(\1)s", part) for part in block.split("{% plural %}"))
