"""The rules against the law written a second time: nothing leaks, nothing lawful is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from daybridge.consent import rules
from daybridge.consent.rules.standing import is_in_force
from daybridge.consent.tests import cases, oracle

MANY = 100_000


@settings(max_examples=200)
@given(rng=some.randoms(use_true_random=False))
def test_what_may_leave_is_exactly_what_the_oracle_lets_go(rng):
    history = cases.history(rng)
    request, at = cases.request(rng, history), cases.instant(rng)
    answer = rules.decide(history, request, at)
    assert set(answer.allowed) == oracle.allowed(history, request, at)
    assert {one.kind for one in answer.withheld} == set(request.kinds) - set(answer.allowed)
    assert all(one.reason and one.source for one in answer.withheld)


@settings(max_examples=200)
@given(rng=some.randoms(use_true_random=False))
def test_what_leaves_by_consent_names_consents_in_force_and_carries_notice_and_scope(rng):
    history = cases.history(rng)
    request, at = cases.request(rng, history), cases.instant(rng)
    answer = rules.decide(history, request, at)
    by_id = {one.id: one for one in history.consents}
    assert all(is_in_force(by_id[one], at, history.happened, history.latest) for one in answer.relied_on)
    by_consent = answer.ok and rules.WAYS[request.purpose].by_consent
    assert (bool(answer.relied_on), bool(answer.notice), bool(answer.scope)) == (by_consent,) * 3


@settings(max_examples=100)
@given(rng=some.randoms(use_true_random=False))
def test_more_consents_taken_back_never_open_anything(rng):
    history = cases.history(rng)
    request, at = cases.request(rng, history), cases.instant(rng)
    closed = [
        rules.ConsentState.REVOKED,
        rules.ConsentState.EXPIRED,
        rules.ConsentState.REFUSED,
        rules.ConsentState.DRAFT,
    ]
    none = [cases.replace(one, state=rng.choice(closed)) for one in history.consents]
    answer = rules.decide(cases.replace(history, consents=tuple(none)), request, at)
    assert not answer.relied_on
    if answer.ok:
        assert not rules.WAYS[request.purpose].by_consent


@settings(max_examples=100)
@given(rng=some.randoms(use_true_random=False), hours=some.integers(1, 200))
def test_a_clock_set_back_opens_nothing_that_the_record_has_seen_end(rng, hours):
    """What was refused at `at` because a consent ended is refused at any earlier clock too."""
    history = cases.history(rng)
    request, at = cases.request(rng, history), cases.instant(rng)
    known = cases.replace(history, latest=max(filter(None, (at, history.latest))), rulings=(), restrictions=())
    before = at - cases.timedelta(hours=hours)
    if request.purpose in rules.WAYS and rules.WAYS[request.purpose].by_consent and len(known.consents) == 1:
        assert set(rules.decide(known, request, before).allowed) <= set(rules.decide(known, request, at).allowed)


@pytest.mark.slow
def test_a_hundred_thousand_questions_have_no_leak_and_no_wrongful_refusal():
    leaks = refusals = opened = 0
    for history, request, at in cases.cases(seed=20261123, many=MANY):
        allowed = set(rules.decide(history, request, at).allowed)
        lawful = oracle.allowed(history, request, at)
        leaks += bool(allowed - lawful)
        refusals += bool(lawful - allowed)
        opened += bool(allowed)
    assert (leaks, refusals) == (0, 0)
    assert opened > MANY // 10, "too few questions are close calls to prove anything"
