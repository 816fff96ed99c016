"""Letters and the notice: complete in both languages, plain, and safe from what people type into them."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from daybridge.rights import notice, wording
from daybridge.rights.rules.requests import GROUNDS, Kind, outcomes

LANGUAGES = wording.LANGUAGES
ANSWERS = [f"{kind}-{outcome}" for kind in Kind for outcome in outcomes(kind)]
LETTERS = ["receipt", "extended", "breach", *ANSWERS]
FACTS = {
    "asked": "You asked us for a copy of your record.", "what": "a copy", "asked_on": "March 2, 2026",
    "due_on": "April 1, 2026", "ground": "We checked it", "words": "We looked at the note of that day.",
    "phone": "555-0100", "found_on": "March 1, 2026",
}  # fmt: skip
# 42 CFR 2.22(b)(1)(i)-(vii), and 45 CFR 164.520(b)(1)
PARTS = {"header", "with-consent", "without-consent", "court", "other", "rights", "duties", "complaint", "contact"}
RIGHTS = ("copy", "correct", "list", "go-between", "not to share", "paid for the care in full", "reach you",
          "who opened", "this notice", "privacy officer", "asked for money", "got out")  # fmt: skip


@pytest.mark.parametrize(("name", "language"), list(product(LETTERS, LANGUAGES)))
def test_every_letter_is_there_in_every_language_and_filled_in(name, language):
    text = wording.letter(name, language, FACTS)
    assert not set("{}") & set(text)
    assert "555-0100" in text
    assert "988" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_is_there_that_nothing_sends(language):
    assert set(wording.book("letters", language)["letter"]) == set(LETTERS)


@pytest.mark.parametrize(("kind", "language"), list(product(GROUNDS, LANGUAGES)))
def test_every_ground_for_a_no_has_words_for_the_person(kind, language):
    assert set(wording.book("letters", language)["ground"][kind]) == set(GROUNDS[kind])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name", [name for name in LETTERS if name.endswith(("denied", "partly", "extended", "breach"))]
)
def test_whoever_gets_a_no_learns_where_to_complain_and_that_nobody_retaliates(name, language):
    text = wording.letter(name, language, FACTS)
    assert "hhs.gov/ocr/complaints" in text
    assert ("treat you worse" if language == "en" else "tratarle peor") in text


@pytest.mark.parametrize("name", LETTERS)
def test_english_letters_read_at_sixth_grade(name):
    assert grade(wording.letter(name, "en", FACTS)) <= 6.5


@pytest.mark.parametrize(("name", "language"), list(product(LETTERS, LANGUAGES)))
def test_sentences_of_letters_are_short(name, language):
    assert longest(wording.letter(name, language, FACTS)) <= 26


typed = some.text(alphabet="ab {}#-\n*<>&", max_size=60)


@given(typed)
def test_what_somebody_typed_makes_no_heading_and_fills_no_brace(words):
    text = wording.letter("amendment-denied", "en", FACTS | {"words": words})
    plain = wording.letter("amendment-denied", "en", FACTS | {"words": ""})
    headings = [part.heading for part in wording.sheet(text).parts if part.heading]
    assert headings == [part.heading for part in wording.sheet(plain).parts if part.heading]
    assert len([1 for part in wording.sheet(text).parts if part.items]) == 1


def test_a_page_shows_every_word_of_a_letter():
    text = wording.letter("access-granted", "en", FACTS)
    sheet = wording.sheet(text)
    shown = " ".join([sheet.title, *(" ".join([part.heading, part.words, *part.items]) for part in sheet.parts)])
    assert shown.split() == re.sub(r"^(# |## |- )", "", text, flags=re.M).split()


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_has_every_part_the_law_asks_for(site, language):
    ids = [section["id"] for section in wording.book("notice", language)["section"]]
    assert set(ids) >= PARTS
    assert ids == [section["id"] for section in wording.book("notice", "en")["section"]]
    assert wording.book("notice", language)["version"] == notice.version()
    text = notice.text(site, language)
    assert not set("{}") & set(text)
    assert "42 CFR" in text
    assert "hhs.gov/ocr/complaints" in text


@pytest.mark.django_db
def test_the_notice_names_every_right_and_the_law_s_own_header(site):
    text = notice.text(site, "en")
    assert "HOW HEALTH INFORMATION ABOUT YOU MAY BE USED AND DISCLOSED" in text
    assert [right for right in RIGHTS if right not in text] == []


@pytest.mark.django_db
def test_the_notice_reads_at_sixth_grade(site):
    own = notice.text(site, "en").split("## ", 2)[2]  # the header's words are the regulation's
    assert grade(own) <= 6.9
    assert longest(own) <= 30


def grade(text):
    """Flesch-Kincaid grade; headings and items count as sentences."""
    sentences = [one for one in re.split(r"[.!?:\n]+", text) if re.search(r"[a-z]", one)]
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower())))) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def longest(text):
    return max(len(one.split()) for one in re.split(r"[.!?:;\n]+", text))
