"""The gate's rules without a database: tables and properties."""

from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

from daybridge.consent import rules
from daybridge.consent.rules import MOVES, TPO, TREATMENT, ConsentState, Given, Kind, Purpose, Request
from daybridge.kit.errors import IllegalMove, Refused
from daybridge.kit.states import check_move

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
EVERYTHING = tuple(Kind)

instants = some.integers(-5000, 5000).map(lambda minutes: NOON + timedelta(minutes=minutes))
consents = some.builds(
    Given,
    id=some.uuids().map(str),
    kind=some.sampled_from([TPO, TREATMENT, "family", "legal-proceeding"]),
    state=some.sampled_from(ConsentState),
    signed_at=some.none() | instants,
    expires_on=some.none() | some.dates(date(2026, 2, 26), date(2026, 3, 6)),
)
requests = some.builds(
    Request,
    recipient=some.sampled_from(["Blue Shield", "Dr. Ito", " ", ""]),
    purpose=some.sampled_from([*Purpose, "family", "legal-order", "research", "", "TREATMENT"]),
    kinds=some.lists(some.sampled_from([*Kind, "browser-history"]), max_size=6).map(tuple),
    what=some.just("a letter"),
)


def ask(purpose, kinds=EVERYTHING, recipient="Dr. Ito"):
    return Request(recipient=recipient, purpose=purpose, kinds=tuple(kinds), what="a letter")


def tpo(**fields):
    usual = {"id": "a", "kind": TPO, "state": ConsentState.ACTIVE, "signed_at": NOON - timedelta(days=1)}
    return Given(**usual | fields)


@pytest.mark.parametrize(("old", "new"), list(product(ConsentState, ConsentState)))
def test_every_pair_of_states_is_decided(old, new):
    with nullcontext() if new in MOVES[old] else pytest.raises(IllegalMove):
        check_move(MOVES, old, new)


def oracle(held, request, at):
    """Written apart from the rule: the kinds that the law lets go, in words as plain as can be."""
    if request.recipient.strip() == "":
        return set()
    known = {kind for kind in request.kinds if kind in [str(one) for one in Kind]}
    if request.purpose == "client":
        return known
    if request.purpose not in ("treatment", "payment", "operations"):
        return set()
    for one in held:
        if one.kind != "part2-tpo" or one.state != "active" or one.signed_at is None:
            continue
        started = one.signed_at <= at
        ended = one.expires_on is not None and at.date() > one.expires_on
        if started and not ended:
            return known - {"counseling-notes"}
    return set()


@given(held=some.lists(consents, max_size=5), request=requests, at=instants)
def test_what_may_leave_is_exactly_what_the_oracle_lets_go(held, request, at):
    answer = rules.decide(held, request, at)
    assert set(answer.allowed) == oracle(held, request, at)
    assert {one.kind for one in answer.withheld} == set(request.kinds) - set(answer.allowed)
    assert all(one.reason and one.source for one in answer.withheld)


@given(held=some.lists(consents, max_size=5), request=requests, at=instants)
def test_what_leaves_by_consent_names_consents_in_force_and_carries_the_notice(held, request, at):
    answer = rules.decide(held, request, at)
    by_id = {one.id: one for one in held}
    assert all(by_id[one].kind == TPO and rules.is_in_force(by_id[one], at) for one in answer.relied_on)
    by_consent = bool(answer.allowed) and request.purpose != Purpose.CLIENT
    assert bool(answer.relied_on) == by_consent
    assert bool(answer.notice) == by_consent


@pytest.mark.parametrize("purpose", ["treatment", "payment", "operations"])
def test_one_consent_serves_all_three_purposes_and_revoking_it_stops_the_next(purpose):
    assert rules.decide([tpo()], ask(purpose), NOON).ok
    revoked = rules.decide([tpo(state=ConsentState.REVOKED)], ask(purpose), NOON)
    assert (revoked.ok, revoked.notice) == (False, "")
    assert revoked.withheld[0].reason == rules.NO_CONSENT


def test_a_clock_set_back_reopens_nothing():
    assert not rules.decide([tpo(state=ConsentState.REVOKED)], ask("treatment"), NOON - timedelta(hours=1)).ok
    assert not rules.decide([tpo(signed_at=NOON)], ask("treatment"), NOON - timedelta(seconds=1)).ok


def test_a_consent_holds_through_its_last_day():
    assert rules.decide([tpo(expires_on=NOON.date())], ask("payment"), NOON).ok
    assert not rules.decide([tpo(expires_on=NOON.date())], ask("payment"), NOON + timedelta(days=1)).ok


def test_counseling_notes_never_leave_on_a_tpo_consent():
    answer = rules.decide([tpo()], ask("treatment", [Kind.NOTES, Kind.COUNSELING_NOTES]), NOON)
    assert answer.allowed == (Kind.NOTES,)
    assert answer.withheld[0].reason == rules.OWN_CONSENT
    assert not rules.decide([tpo()], ask("treatment", [Kind.COUNSELING_NOTES]), NOON).relied_on


def test_a_consent_to_treatment_shares_nothing():
    assert not rules.decide([tpo(kind=TREATMENT)], ask("treatment"), NOON).ok


def test_the_client_may_have_their_own_record_without_a_consent():
    answer = rules.decide([], ask("client"), NOON)
    assert (answer.allowed, answer.relied_on, answer.notice) == (EVERYTHING, (), "")


@pytest.mark.parametrize("purpose", ["family", "legal-order", "marketing", "", "Treatment"])
def test_a_purpose_without_a_rule_is_refused_with_a_sentence(purpose):
    answer = rules.decide([tpo()], ask(purpose), NOON)
    assert (answer.ok, answer.withheld[0].reason) == (False, rules.NO_RULE)


def sign(**fields):
    given_fields = {"name": "Rosa Delgado", "relation": "self", "kind": "typed", "mark": "Rosa Delgado", "device": ""}
    return rules.Signature(**given_fields | fields)


@pytest.mark.parametrize(
    "fields",
    [{}, {"kind": "drawn", "mark": "M1 2L3 4L5 6M9 9"}, {"relation": "guardian"}],
)
def test_a_name_a_relation_and_a_mark_are_a_signature(fields):
    rules.check_signature(sign(**fields))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": " "}, "full name"),
        ({"name": "x" * 201}, "full name"),
        ({"relation": "neighbor"}, "who is signing"),
        ({"mark": " "}, "typing your name"),
        ({"kind": "drawn", "mark": "M1 1"}, "typing your name"),
        ({"kind": "drawn", "mark": '"/><script>L'}, "typing your name"),
        ({"kind": "stamped"}, "typing your name"),
    ],
)
def test_anything_less_is_refused_in_words(fields, words):
    with pytest.raises(Refused, match=words):
        rules.check_signature(sign(**fields))


def test_a_text_that_changed_while_open_is_refused():
    rules.check_same_text(sign(text_hash="a" * 64), "a" * 64)
    with pytest.raises(Refused, match="changed while it was open"):
        rules.check_same_text(sign(text_hash="a" * 64), "b" * 64)
