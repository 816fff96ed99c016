"""What a standoff in the database turned away is done again, and only that."""

from types import SimpleNamespace

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory

from daybridge.config import standoff


def problem(state: str) -> OperationalError:
    class Cause(Exception):
        sqlstate = state

    made = OperationalError("turned away")
    made.__cause__ = Cause()
    return made


@pytest.fixture
def ask():
    def _ask(*outcomes):
        """The answer after a first problem, when the view then has these outcomes in turn."""
        left = list(outcomes)

        def view(request, number):
            assert number == 7
            outcome = left.pop(0)
            if isinstance(outcome, Exception):
                raise outcome
            return outcome

        class Match(SimpleNamespace):
            def __iter__(self):
                return iter((view, (), {"number": 7}))

        request = RequestFactory().post("/")
        request.resolver_match = Match(view_name="test:view")
        first = left.pop(0)
        return standoff.again(lambda _: None).process_exception(request, first), left

    return _ask


def test_a_deadlocked_act_is_done_again(ask):
    answer, left = ask(problem("40P01"), problem("40001"), HttpResponse("done"))
    assert answer.content == b"done"
    assert left == []


def test_it_is_not_tried_for_ever(ask):
    answer, left = ask(*[problem("40P01")] * 4, HttpResponse("too late"))
    assert answer is None
    assert len(left) == 1


@pytest.mark.parametrize("other", [problem("57P01"), OperationalError("database is locked"), ValueError("no")])
def test_every_other_problem_is_left_as_it_is(ask, other):
    answer, left = ask(other, HttpResponse("never"))
    assert answer is None
    assert len(left) == 1
