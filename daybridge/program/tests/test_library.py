"""What the library and the templates promise: complete in both languages, plain, kind, and enough hours."""

import re
from itertools import product

import pytest

from daybridge.people.rules import CREDENTIALS
from daybridge.program import rules
from daybridge.program.queries import asked_minutes
from daybridge.program.rules.library import KINDS, LANGUAGES

ENTRIES = rules.library()
UNKIND = re.compile(
    r"\b(addicts?|abusers?|substance abuse|dirty|junkies?|alcoholics?|non-?compliant|drug habit|relapsed|drop-?outs?"
    r"|adictos?|drogadictos?|alcohólicos?|viciosos?|sucio)\b",
    re.I,
)  # fmt: skip


def test_there_are_topics_of_every_category_and_more_than_sixty():
    assert len(ENTRIES) >= 60
    assert {entry.category for entry in ENTRIES.values()} == set(rules.Category)


@pytest.mark.parametrize("id", ENTRIES)
def test_a_topic_is_whole_in_both_languages(id):
    entry = ENTRIES[id]
    least, ideal, most = entry.size
    assert entry.minutes in (60, 90)
    assert 1 <= least <= ideal <= most <= rules.largest(entry.category)
    assert set(entry.credentials) <= {one.code for one in CREDENTIALS}
    assert set(entry.needs) <= set(ENTRIES) - {id}
    assert set(entry.texts) == set(LANGUAGES)
    for text in entry.texts.values():
        assert len(text.title) <= 100
        assert len(text.summary) <= 300
        assert len(text.steps) >= 4
        assert {step.kind for step in text.steps} <= set(KINDS)
        assert (text.steps[0].kind, text.steps[-1].kind) == ("open", "close")
        assert len(text.handout.split()) >= 60


@pytest.mark.parametrize("id", ENTRIES)
def test_an_english_handout_reads_at_sixth_grade(id):
    assert grade(ENTRIES[id].texts["en"].handout) <= 6.0


@pytest.mark.parametrize(("id", "language"), list(product(ENTRIES, LANGUAGES)))
def test_a_handout_has_short_sentences_and_puts_the_person_first(id, language):
    text = ENTRIES[id].texts[language]
    assert max(len(one.split()) for one in re.split(r"[.!?:;\n]+", text.handout)) <= 20
    assert not UNKIND.search(" ".join([text.title, text.summary, text.handout, *(one.words for one in text.steps)]))


def test_a_handout_on_danger_says_where_help_is():
    for id, number in (
        ("safety-plan", "988"),
        ("overdose-safety", "911"),
        ("depression", "988"),
        ("a-bad-hour", "988"),
    ):
        assert all(number in text.handout for text in ENTRIES[id].texts.values())


def test_topics_are_found_by_words_of_either_language():
    every = tuple(ENTRIES.values())
    assert [one.id for one in rules.matching(every, "ganas ola")] == []
    assert "cravings" in [one.id for one in rules.matching(every, "Craving")]
    assert "sleep" in [one.id for one in rules.matching(every, "duerme")]
    assert rules.matching(every, "") == list(every)


def test_a_handout_is_laid_out_in_paragraphs_and_lists():
    assert rules.blocks("One.\nTwo.\n\n- a\n- b\n\nEnd.") == (("One. Two.", ()), ("", ("a", "b")), ("End.", ()))


@pytest.mark.parametrize("id", rules.templates())
def test_a_template_knows_its_topics_has_the_hours_and_keeps_order(id):
    template = rules.templates()[id]
    track = template.track
    counted = sum(slot.minutes for slot in template.slots if ENTRIES[slot.topic].counts_hours)
    assert counted >= asked_minutes(population=track.population, level=track.level)
    assert set(template.topics) <= set(ENTRIES)
    assert {slot.course for slot in template.slots} - {""} == {course.name for course in template.courses}
    assert track.part_of_day in rules.PARTS_OF_DAY
    assert track.focus in rules.FOCUSES
    spans = [slot.span for slot in template.slots]
    assert not any(rules.overlaps(one, [other for other in spans if other is not one]) for one in spans)
    for course in template.courses:
        places = {lesson: place for place, lesson in enumerate(course.lessons)}
        assert len(places) == len(course.lessons)
        for lesson, first in ((one, need) for one in course.lessons for need in ENTRIES[one].needs):
            assert places.get(first, -1) < places[lesson]


def grade(text: str) -> float:
    """Flesch-Kincaid grade; lines count as sentences."""
    sentences = [one for one in re.split(r"[.!?:\n]+", text) if re.search(r"[a-z]", one)]
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower())))) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
