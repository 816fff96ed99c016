"""The referral's moves and next act, and when two records may be one person."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise, product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from daybridge.admissions.rules import (
    CLOSED,
    MOVES,
    Facts,
    KnownPerson,
    ReferralState,
    address_key,
    days_since,
    matches,
    name_key,
    next_act,
)
from daybridge.kit.errors import IllegalMove
from daybridge.kit.states import check_move

S = ReferralState
WAY = (S.RECEIVED, S.CONTACTED, S.SCREENED, S.ASSESSED, S.DECIDED, S.WAITLISTED, S.ADMITTED)
ALLOWED = {
    *pairwise(WAY),
    *((after, before) for before, after in pairwise(WAY[:6])),
    (S.DECIDED, S.ADMITTED),
    *product(WAY[:-1], CLOSED),
    *((closed, S.CONTACTED) for closed in CLOSED),
}


@pytest.mark.parametrize(("old", "new"), list(product(S, S)))
def test_every_move_is_either_in_the_way_through_or_refused(old, new):
    if (old, new) in ALLOWED:
        check_move(MOVES, old, new)
    else:
        with pytest.raises(IllegalMove):
            check_move(MOVES, old, new)


@pytest.mark.parametrize(
    ("state", "facts", "code"),
    [
        (S.RECEIVED, {}, "call"),
        (S.RECEIVED, {"call_attempts": 1}, "call-again"),
        (S.RECEIVED, {"has_phone": False, "call_attempts": 1}, "find-contact"),
        (S.RECEIVED, {"possible_match": True}, "settle-match"),
        (S.CONTACTED, {}, "screen"),
        (S.SCREENED, {}, "assess"),
        (S.ASSESSED, {}, "decide"),
        (S.DECIDED, {}, "sign-consents"),
        (S.DECIDED, {"consents_signed": True}, "admit"),
        (S.DECIDED, {"consents_signed": True, "seat_free": False}, "waitlist"),
        (S.WAITLISTED, {"seat_free": False}, "stay-in-touch"),
        (S.WAITLISTED, {}, "sign-consents"),
        (S.WAITLISTED, {"consents_signed": True}, "admit"),
        (S.ADMITTED, {"possible_match": True}, "open-chart"),
        (S.ELSEWHERE, {"possible_match": True}, "reopen"),
        (S.DECLINED, {}, "reopen"),
        (S.UNREACHABLE, {}, "reopen"),
    ],
)
def test_each_card_has_one_next_act(state, facts, code):
    act = next_act(state, Facts(**facts))
    assert act.code == code
    assert act.label


def test_days_since_the_first_call_are_calendar_days_where_the_reader_is():
    boston = timezone(timedelta(hours=-5))
    call = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
    assert days_since(call, datetime(2026, 11, 20, 23, 0, tzinfo=UTC)) == 0
    assert days_since(call, datetime(2026, 11, 20, 8, 0, tzinfo=boston)) == 1
    assert days_since(call, datetime(2026, 11, 19, 0, 0, tzinfo=UTC)) == 0


@pytest.mark.parametrize(("one", "two"), [(None, UTC), (UTC, None)])
def test_days_since_needs_aware_instants(one, two):
    with pytest.raises(ValueError, match="aware"):
        days_since(datetime(2026, 1, 1, tzinfo=one), datetime(2026, 1, 2, tzinfo=two))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (("José", "Núñez"), ("JOSE", "Nunez")),
        (("Jose\u0301", "O’Brien"), ("josé", "OBrien")),
        (("Ana-Maria", "St. John"), ("ana maria", "st john")),
        (("Łukasz", "Weiß"), ("lukasz", "WEISS")),
        (("محمّد", "علي"), ("محمد", "علي")),
    ],
)
def test_names_written_differently_have_one_key(one, two):
    assert name_key(*one) == name_key(*two) != ""


def test_letters_of_other_scripts_are_kept_apart():
    assert name_key("कि", "र") != name_key("कु", "र")
    assert name_key("王", "小明") == "王 小明"
    assert name_key("🌈", "—") == ""


ANA = KnownPerson(
    given="Ana Maria",
    family="Rivera",
    birth_date=date(1990, 2, 28),
    sex="female",
    identifiers=frozenset({("urn:mrn", "digest")}),
    phones=frozenset({"+15558107203"}),
    emails=frozenset({"ana@example.org"}),
    addresses=frozenset({address_key("1 Main St.", "01901-1234")}),
)
BARE = replace(
    ANA, identifiers=frozenset(), phones=frozenset(), emails=frozenset(), addresses=frozenset(), sex="unknown"
)


def test_one_identifier_is_enough_and_what_differs_is_told():
    other = KnownPerson(given="Anna", family="Smith", birth_date=date(1991, 1, 1), identifiers=ANA.identifiers)
    found = matches(ANA, other)
    assert (found.by, found.agree, found.differ) == ("identifier", ("identifier",), ("name", "birth date"))
    assert matches(ANA, replace(other, identifiers=frozenset({("urn:other", "digest")}))) is None


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"phones": ANA.phones}, "phone"),
        ({"emails": frozenset({" ANA@example.org"})}, "email"),
        ({"addresses": frozenset({address_key("1 MAIN ST", "01901")})}, "address"),
    ],
)
def test_name_birth_date_and_one_more_fact_match(change, word):
    found = matches(ANA, replace(BARE, **change))
    assert (found.by, found.agree) == ("facts", ("name", "birth date", word))
    assert matches(ANA, replace(BARE, **change, birth_date=None)) is None
    assert matches(ANA, replace(BARE, **change, birth_date=date(1990, 2, 27))) is None
    assert matches(ANA, replace(BARE, **change, family="Rivers")) is None


def test_a_missing_middle_name_still_agrees_but_an_empty_name_never_does():
    assert matches(ANA, replace(BARE, given="Ana", phones=ANA.phones)) is not None
    assert matches(ANA, replace(BARE, given="", phones=ANA.phones)) is None
    nobody = replace(BARE, given="", family="", phones=ANA.phones)
    assert matches(nobody, nobody) is None


def test_an_address_counts_only_when_street_and_code_are_known():
    assert address_key("1 Main St", "") == address_key("", "01901") == ""
    blank = replace(BARE, addresses=frozenset({""}))
    assert matches(blank, blank) is None


NAMES = st.sampled_from(["Ana", "ANA", "Bo", ""])
WORDS = st.frozensets(st.sampled_from(["a", "b"]), max_size=2)
PEOPLE = st.builds(
    KnownPerson,
    given=NAMES,
    family=NAMES,
    birth_date=st.sampled_from([None, date(1990, 1, 1), date(1991, 1, 1)]),
    sex=st.sampled_from(["female", "male", "unknown"]),
    identifiers=st.frozensets(st.tuples(st.just("s"), st.sampled_from(["1", "2"])), max_size=2),
    phones=WORDS,
    emails=WORDS,
    addresses=WORDS,
)


@given(PEOPLE, PEOPLE)
def test_matching_is_symmetric(one, two):
    assert matches(one, two) == matches(two, one)


@given(PEOPLE, PEOPLE)
def test_name_birth_date_and_sex_alone_never_match(one, two):
    assume(not one.identifiers & two.identifiers)
    assume(not (one.phones & two.phones or one.emails & two.emails or one.addresses & two.addresses))
    assert matches(one, two) is None


@given(PEOPLE, PEOPLE)
def test_a_match_without_identifier_always_has_name_birth_date_and_one_more(one, two):
    found = matches(one, two)
    if found is not None and found.by == "facts":
        assert {"name", "birth date"} < set(found.agree)
        assert {"phone", "email", "address"} & set(found.agree)


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_name_key_is_stable(one, two):
    assert name_key(name_key(one, two), "") == name_key(one, two)
