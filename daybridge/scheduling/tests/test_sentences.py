"""What people are told: one sentence, in their language, with nothing of care in it."""

import re

import pytest
from django.utils import translation

from daybridge.scheduling.sentences import KINDS, sentence
from daybridge.scheduling.tests import factories

FACTS = {"day": "2026-03-02", "when": "2026-03-03T17:30", "was": "2026-03-02T09:00", "room": "Room B"}


@pytest.mark.parametrize("kind", [*KINDS, "nobody-knows"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_kind_is_one_sentence_in_both_languages(kind, language):
    with translation.override(language):
        words = sentence(kind, FACTS)
    assert words.endswith(".")
    assert "%" not in words
    assert (words == sentence(kind, FACTS)) is (language == "en")
    assert not re.search("treatment|recovery|therapy|group|tratamiento|grupo", words, re.IGNORECASE)


def test_missing_facts_say_only_that_the_week_changed():
    assert sentence("moved", {}) == "Your week changed. Please look at it again."


@pytest.mark.django_db
def test_a_notice_reads_as_its_sentence(evening):
    assert factories.notice(evening.client()).line == "Your week from Mon, Mar 2 is ready."
    assert (
        factories.staff_notice(evening.lead, kind="freed", facts=FACTS).line
        == "You no longer lead on Tue, Mar 3 5:30 PM."
    )
    assert factories.draft_line(factories.draft(evening.site), evening.client()).minutes == 0
