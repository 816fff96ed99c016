"""Rules of drafts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daybridge.kit.errors import Refused, Stale
from daybridge.ui import rules
from daybridge.ui.rules import Typed


@given(held=st.integers(0, 99), seen=st.integers(0, 99))
def test_only_who_saw_the_held_version_may_write(held, seen):
    if held == seen:
        rules.check_version(held, seen)
    else:
        with pytest.raises(Stale):
            rules.check_version(held, seen)


@pytest.mark.parametrize("key", ["", "k" * 121])
def test_a_draft_needs_a_usable_name(key):
    with pytest.raises(Refused):
        rules.check_draft(key, Typed({}))


def test_a_draft_has_an_end():
    rules.check_draft("k", Typed({"words": ["x" * rules.MAX_CHARACTERS]}))
    with pytest.raises(Refused):
        rules.check_draft("k", Typed({"words": ["x" * rules.MAX_CHARACTERS, "y"]}))


@pytest.mark.parametrize("name", ["csrfmiddlewaretoken", "password", "new_Password1", "_draft", "otp"])
def test_secrets_are_never_kept(name):
    assert rules.kept(Typed({name: ["s"], "about": ["fine"]})).fields == {"about": ["fine"]}


@pytest.mark.parametrize(
    ("url", "kept"), [("/a/?b=1", "/a/?b=1"), ("//evil.example", ""), ("/\\evil", ""), ("javascript:x", "")]
)
def test_a_draft_leads_only_into_the_house(url, kept):
    assert rules.kept(Typed({}, url=url)).url == kept
