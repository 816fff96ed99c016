"""Clocks, moves and answers of requests; what weighs as a breach; what belongs on the list. No database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from daybridge.kit.errors import Refused
from daybridge.rights.rules import accounting, breaches, requests
from daybridge.rights.rules.accounting import Left
from daybridge.rights.rules.breaches import BreachState, Rating, Report, Standing, Weighed
from daybridge.rights.rules.requests import Answer, Asked, Kind, State

TODAY = date(2026, 3, 2)
DAYS = {
    Kind.ACCESS: (30, 60), Kind.AMENDMENT: (60, 90), Kind.ACCOUNTING: (60, 90), Kind.RESTRICTION: (30, 30),
    Kind.CONTACT: (5, 5), Kind.COMPLAINT: (30, 30), Kind.INTERMEDIARIES: (30, 30),
}  # fmt: skip
WHY = "It was written down as it was told to us."


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_its_clock(kind):
    first, longer = DAYS[kind]
    assert requests.due_on(kind, TODAY) == TODAY + timedelta(days=first)
    assert requests.due_on(kind, TODAY, extended=True) == TODAY + timedelta(days=longer)


def test_the_day_of_asking_is_not_counted():
    assert requests.due_on(Kind.ACCESS, date(2026, 1, 1)) == date(2026, 1, 31)


@pytest.mark.parametrize("kind", Kind)
def test_only_kinds_with_more_days_can_be_extended(kind):
    first, longer = DAYS[kind]
    due = TODAY + timedelta(days=first)
    if longer > first:
        requests.check_extension(kind, "Papers are in another house.", due=due, today=TODAY)
    else:
        with pytest.raises(Refused, match="cannot be made longer"):
            requests.check_extension(kind, "Papers are in another house.", due=due, today=TODAY)


@pytest.mark.parametrize(("reason", "today"), [("", TODAY), ("later", TODAY), (WHY, TODAY + timedelta(days=31))])
def test_an_extension_needs_a_reason_and_time_left(reason, today):
    with pytest.raises(Refused):
        requests.check_extension(Kind.ACCESS, reason, due=TODAY + timedelta(days=30), today=today)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"received_on": TODAY + timedelta(days=1)}, "in the future"),
        ({"received_on": TODAY - timedelta(days=367)}, "more than a year"),
        ({"words": "x" * 20_001}, "Keep the letter as a document"),
        ({"asker": "parent"}, "write their name"),
        ({"asker": "stranger"}, "how we know who it is"),
        ({"checked": ""}, "how we know who it is"),
        ({"kind": Kind.AMENDMENT, "words": "  "}, "what should be changed"),
        ({"kind": Kind.COMPLAINT, "words": ""}, "what went wrong"),
        ({"kind": Kind.RESTRICTION}, "who should not be told"),
        ({"kind": Kind.RESTRICTION, "wants": {"to": "person", "recipient": " "}}, "name of who"),
        ({"kind": Kind.CONTACT}, "how the person wants"),
        ({"kind": Kind.CONTACT, "wants": {"means": "mail"}}, "number or address"),
        ({"wants": {"since": "2026-03-03"}}, "in the future"),
        ({"wants": {"since": "2026-03-01", "until": "2026-02-01"}}, "before the first"),
        ({"wants": {"since": "yesterday"}}, "written like"),
    ],
)
def test_what_cannot_be_taken_in_is_told_in_one_sentence(fields, words):
    with pytest.raises(Refused, match=words):
        requests.check_asked(Asked(**{"kind": Kind.ACCESS} | fields), TODAY)


@pytest.mark.parametrize("kind", [Kind.ACCESS, Kind.ACCOUNTING, Kind.INTERMEDIARIES])
def test_what_needs_no_words_is_taken_without(kind):
    requests.check_asked(Asked(kind=kind), TODAY)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("outcome", State)
def test_every_answer_to_every_kind_is_decided(kind, outcome):
    ground = next(iter(requests.GROUNDS.get(kind, {"": None})))
    answer = Answer(outcome=outcome, ground=ground, words=WHY)
    if outcome in requests.outcomes(kind):
        requests.check_answer(Asked(kind=kind), answer)
    else:
        with pytest.raises(Refused):
            requests.check_answer(Asked(kind=kind), answer)


def test_the_list_and_the_go_betweens_are_never_denied():
    assert requests.outcomes(Kind.ACCOUNTING) == requests.outcomes(Kind.INTERMEDIARIES) == (State.GRANTED,)


@pytest.mark.parametrize(("ground", "words"), [("", WHY), ("care", WHY), ("complete", ""), ("complete", "no")])
def test_a_no_needs_its_ground_and_words(ground, words):
    answer = Answer(outcome=State.DENIED, ground=ground, words=words)
    with pytest.raises(Refused):
        requests.check_answer(Asked(kind=Kind.AMENDMENT), answer)


@pytest.mark.parametrize("outcome", [State.PARTLY, State.DENIED])
def test_a_health_plan_is_not_told_of_care_paid_in_full(outcome):
    wants = {"to": "health-plan", "recipient": "Blue Shield", "paid_in_full": "yes"}
    asked = Asked(kind=Kind.RESTRICTION, wants=wants)
    with pytest.raises(Refused, match="no choice"):
        requests.check_answer(asked, Answer(outcome=outcome, ground="care", words=WHY))
    requests.check_answer(asked, Answer(outcome=State.GRANTED))


@pytest.mark.parametrize(("kind", "state"), [(Kind.ACCESS, State.DENIED), (Kind.AMENDMENT, State.GRANTED)])
def test_disagreement_belongs_to_a_denied_correction(kind, state):
    with pytest.raises(Refused):
        requests.check_disagreement(kind, state, "I was there.")


@pytest.mark.parametrize(("left", "words"), [(-1, "overdue"), (0, "soon"), (7, "soon"), (8, "quiet")])
def test_how_near_the_last_day_is(left, words):
    assert requests.urgency(TODAY + timedelta(days=left), TODAY) == words


ratings = some.sampled_from(list(Rating))
FOUR = [factor.id for factor in breaches.FACTORS]


def weighed(*values):
    return Weighed(dict(zip(FOUR, values, strict=True)), dict.fromkeys(FOUR, "because"))


@given(some.tuples(ratings, ratings, ratings, ratings))
def test_a_breach_is_presumed(four):
    low = four.count(Rating.LOW) == 4 or (four.count(Rating.LOW) == 3 and four.count(Rating.MEDIUM) == 1)
    assert breaches.result(weighed(*four)) == (BreachState.LOW if low else BreachState.BREACH)


@pytest.mark.parametrize("gone", FOUR)
def test_all_four_questions_are_answered(gone):
    whole = weighed(*[Rating.LOW] * 4)
    with pytest.raises(Refused, match="four"):
        breaches.result(Weighed({key: value for key, value in whole.ratings.items() if key != gone}, whole.words))
    with pytest.raises(Refused, match="why"):
        breaches.result(Weighed(whole.ratings, dict(whole.words) | {gone: ""}))


@pytest.mark.parametrize(
    ("people", "hhs", "media"),
    [(1, date(2027, 3, 1), None), (499, date(2027, 3, 1), None), (500, date(2026, 5, 1), date(2026, 5, 1))],
)
def test_the_clocks_of_a_breach(people, hhs, media):
    clocks = breaches.clocks(TODAY, people)
    assert (clocks.people, clocks.hhs, clocks.media) == (date(2026, 5, 1), hhs, media)


@pytest.mark.parametrize(
    ("what", "found", "happened"),
    [("x", TODAY, None), ("A letter went astray.", TODAY + timedelta(days=1), None),
     ("A letter went astray.", TODAY, TODAY + timedelta(days=1)), ("x" * 4001, TODAY, None)],
)  # fmt: skip
def test_a_report_has_words_and_days_that_can_be(what, found, happened):
    with pytest.raises(Refused):
        breaches.check_report(Report(what=what, found_on=found, happened_on=happened), TODAY)


@pytest.mark.parametrize(
    ("standing", "left"),
    [
        (Standing(BreachState.BREACH, 0, 0, frozenset({"hhs"})), ("people",)),
        (Standing(BreachState.BREACH, 2, 1, frozenset({"hhs"})), ("untold",)),
        (Standing(BreachState.BREACH, 500, 500, frozenset({"hhs"})), ("media",)),
        (Standing(BreachState.BREACH, 2, 2, frozenset()), ("hhs",)),
        (Standing(BreachState.BREACH, 2, 2, frozenset({"hhs"})), ()),
        (Standing(BreachState.LOW, 0, 0, frozenset()), ()),
    ],
)
def test_a_breach_is_closed_when_everybody_was_told(standing, left):
    assert breaches.missing(standing) == left
    if left:
        with pytest.raises(Refused):
            breaches.check_closing(standing)
    else:
        breaches.check_closing(standing)


def test_a_report_nobody_weighed_is_not_closed():
    with pytest.raises(Refused, match="four questions"):
        breaches.check_closing(Standing(BreachState.REPORTED, 0, 0, frozenset()))


@pytest.mark.parametrize(
    ("whom", "on"), [("nobody", TODAY), ("hhs", TODAY + timedelta(1)), ("hhs", TODAY - timedelta(9))]
)
def test_a_notice_is_to_somebody_on_a_day_that_can_be(whom, on):
    with pytest.raises(Refused):
        breaches.check_told(whom, on, found_on=TODAY - timedelta(days=5), today=TODAY)


YEARS = [(0, True), (2, True), (4, False), (7, False)]


@pytest.mark.parametrize(("years", "listed"), YEARS)
@pytest.mark.parametrize("purpose", ["treatment", "family", "legal-order"])
def test_on_a_consent_three_years_are_listed(years, listed, purpose):
    left = Left(accounting.years_back(TODAY, years), purpose, on_consent=True)
    longer = purpose not in accounting.CARE and years == 4
    assert accounting.is_listed(left, TODAY) is (listed or longer)


@pytest.mark.parametrize(("purpose", "years", "listed"), [
    ("legal-order", 5, True), ("legal-order", 7, False), ("payment", 1, False), ("client", 0, False),
])  # fmt: skip
def test_without_a_consent_six_years_are_listed_but_not_care(purpose, years, listed):
    left = Left(accounting.years_back(TODAY, years), purpose, on_consent=False)
    assert accounting.is_listed(left, TODAY) is listed


def test_three_years_before_a_leap_day():
    assert accounting.years_back(date(2028, 2, 29), 3) == date(2025, 2, 28)
