"""One consent: what it lets out, to whom, until when. No database."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from daybridge.consent import rules
from daybridge.consent.rules import (
    MOVES,
    TREATMENT,
    ConsentState,
    FormKind,
    Happening,
    Period,
    Purpose,
    Recipient,
    consented,
)
from daybridge.consent.tests.asking import (
    COURT,
    DAY,
    DR_ITO,
    EVERYTHING,
    HELPER,
    INSURER,
    MOTHER,
    NOON,
    TODAY,
    ask,
    decide,
    family,
    reason,
    signed,
)
from daybridge.kit.errors import IllegalMove, Refused
from daybridge.kit.states import check_move


@pytest.mark.parametrize(("old", "new"), list(product(ConsentState, ConsentState)))
def test_every_pair_of_states_is_decided(old, new):
    with nullcontext() if new in MOVES[old] else pytest.raises(IllegalMove):
        check_move(MOVES, old, new)


def test_every_purpose_has_a_row_and_every_row_a_source():
    assert set(rules.WAYS) == set(Purpose)
    assert all(way.reason.code and way.reason.source for way in rules.WAYS.values())
    assert set(rules.scopes.SCOPES) == set(FormKind)


# The single consent


@pytest.mark.parametrize("purpose", ["treatment", "payment", "operations"])
def test_one_consent_serves_all_three_purposes_and_taking_it_back_stops_the_next(purpose):
    assert decide(signed(), request=ask(purpose)).ok
    revoked = decide(signed(state=ConsentState.REVOKED), request=ask(purpose))
    assert (revoked.ok, revoked.notice, revoked.scope) == (False, "", ())
    assert reason(decide(signed(state=ConsentState.REVOKED), request=ask(purpose, ["schedule"]))).startswith(
        "No consent"
    )


@pytest.mark.parametrize(
    ("purpose", "recipient", "opens"),
    [
        ("treatment", DR_ITO, True),
        ("treatment", INSURER, False),
        ("payment", INSURER, True),
        ("payment", HELPER, True),
        ("payment", DR_ITO, False),
        ("operations", HELPER, True),
        ("treatment", Recipient("organization", "Acme Works", "employer"), False),
        ("treatment", replace(DR_ITO, via="Health Bridge"), False),
        ("family", MOTHER, False),
    ],
)
def test_the_single_consent_is_for_its_classes_of_recipients(purpose, recipient, opens):
    assert decide(signed(), request=ask(purpose, ["schedule"], recipient)).ok is opens


def test_a_recipient_of_whom_nothing_is_said_gets_nothing_and_hears_why():
    answer = decide(signed(), request=ask("treatment", ["plan"], Recipient("", "Dr. Ken Ito")))
    assert reason(answer) == consented.NO_CLASS.reason


def test_a_clock_set_back_reopens_nothing():
    assert not decide(signed(state=ConsentState.REVOKED), request=ask("treatment"), at=NOON - timedelta(hours=1)).ok
    assert not decide(signed(signed_at=NOON), request=ask("treatment"), at=NOON - timedelta(seconds=1)).ok
    last_day = signed(signed_at=NOON - 9 * DAY, expires_on=TODAY - 3 * DAY)
    assert decide(last_day, request=ask("treatment"), at=NOON - 4 * DAY).ok
    assert not decide(last_day, request=ask("treatment"), at=NOON - 4 * DAY, latest=NOON).ok


def test_a_consent_holds_through_its_last_day():
    assert decide(signed(expires_on=TODAY), request=ask("payment")).until == TODAY
    assert not decide(signed(expires_on=TODAY), request=ask("payment"), at=NOON + DAY).ok


@pytest.mark.parametrize("field", ["expires_event", "expires_condition"])
def test_an_event_or_a_condition_ends_a_consent_when_it_happens_after_signing(field):
    consent = family(**{field: "discharge"})
    ask_mother = ask("family", ["schedule"])
    assert decide(consent, request=ask_mother).ok
    assert not decide(consent, request=ask_mother, happened=(Happening("discharge", NOON),)).ok
    assert decide(consent, request=ask_mother, happened=(Happening("discharge", NOON - 5 * DAY),)).ok
    assert decide(consent, request=ask_mother, happened=(Happening("study-end", NOON),)).ok


@pytest.mark.parametrize(
    ("purpose", "kept"),
    [("payment", {"notes", "messages", "photo", "documents"}), ("operations", {"notes", "plan", "diagnoses", "tests"})],
)
def test_payers_and_helpers_get_the_least_that_serves(purpose, kept):
    answer = decide(signed(), request=ask(purpose))
    assert {one.kind for one in answer.withheld} >= kept
    assert set(answer.allowed) == rules.ways.MINIMUM[purpose]


# What stands alone


def test_counseling_notes_never_leave_on_another_consent():
    answer = decide(signed(), request=ask("treatment", ["notes", "counseling-notes"]))
    assert answer.allowed == ("notes",)
    assert reason(answer) == consented.OWN_CONSENT.reason
    own = signed("counseling-notes", recipient=DR_ITO, purposes=("treatment",))
    assert decide(signed(), own, request=ask("treatment", ["notes", "counseling-notes"])).ok
    assert decide(own, request=ask("treatment", ["notes", "counseling-notes"])).allowed == ("counseling-notes",)


@pytest.mark.parametrize(
    "combined",
    [
        signed("counseling-notes", recipient=DR_ITO, purposes=("treatment",), kinds=("counseling-notes", "plan")),
        signed("named-recipient", recipient=DR_ITO, purposes=("treatment",), kinds=("counseling-notes", "plan")),
        signed(kinds=("counseling-notes", "plan")),
        signed("named-recipient", recipient=DR_ITO, purposes=("treatment", "legal-proceeding"), kinds=("plan",)),
        signed("legal-proceeding", recipient=DR_ITO, purposes=("legal-proceeding", "treatment"), kinds=("plan",)),
    ],
)
@pytest.mark.parametrize("purpose", ["treatment", "legal-proceeding"])
def test_a_consent_that_combines_what_must_stand_alone_lets_nothing_out(combined, purpose):
    assert not decide(combined, request=ask(purpose, ["plan", "counseling-notes"], DR_ITO)).ok
    assert rules.defect(combined) == rules.scopes.ALONE


def test_a_legal_proceeding_needs_its_own_consent():
    alone = signed("legal-proceeding", recipient=COURT, kinds=("attendance",))
    assert decide(alone, request=ask("legal-proceeding", ["attendance", "notes"], COURT)).allowed == ("attendance",)
    assert not decide(signed(), request=ask("legal-proceeding", ["attendance"], COURT)).ok


@pytest.mark.parametrize("form", ["treatment", "telehealth"])
def test_agreeing_to_care_is_not_agreeing_to_tell(form):
    full = signed(form, recipient=DR_ITO, kinds=EVERYTHING, purposes=tuple(Purpose))
    assert not any(decide(full, request=ask(purpose, recipient=DR_ITO)).ok for purpose in Purpose)


@pytest.mark.parametrize(
    ("form", "purpose", "kinds"),
    [
        ("photo-kiosk", "kiosk", {"photo"}),
        ("community", "community", {"presence", "demographics"}),
        ("research-contact", "research-contact", {"presence", "demographics"}),
    ],
)
def test_small_consents_share_only_what_they_say(form, purpose, kinds):
    small = signed(form, recipient=HELPER, kinds=EVERYTHING, purposes=(purpose,))
    small = replace(small, kinds=())
    assert set(decide(small, request=ask(purpose, recipient=HELPER)).allowed) == kinds
    assert not decide(small, request=ask("treatment", recipient=HELPER)).ok


# What travels along


@pytest.mark.parametrize(
    ("recipient", "notice"),
    [
        (INSURER, rules.LONG_NOTICE),
        (replace(INSURER, type=""), rules.LONG_NOTICE),
        (replace(INSURER, type="person"), rules.SHORT_NOTICE),
    ],
)
def test_the_statement_fits_the_recipient(recipient, notice):
    assert decide(signed(), request=ask("payment", ["plan"], recipient)).notice == notice


def test_the_scope_of_the_consent_is_explained():
    answer = decide(family(expires_on=TODAY, period=Period(TODAY - DAY, TODAY)), request=ask("family", ["schedule"],
                    period=Period(TODAY, TODAY)))  # fmt: skip
    assert answer.scope == (
        "By a consent of 2026-03-01 the client lets presence, schedule go to Elena Delgado for family, "
        "from 2026-03-01, up to 2026-03-02; it ends 2026-03-02.",
    )


def test_a_form_that_holds_is_not_signed_twice():
    rules.check_not_in_force([signed(TREATMENT, state=ConsentState.REVOKED)], TREATMENT, NOON)
    with pytest.raises(Refused, match="already signed"):
        rules.check_not_in_force([signed(TREATMENT)], TREATMENT, NOON)
