"""Holds, chosen periods, purges: who may, when, and what stands in the ledger afterwards."""

from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection, transaction

from daybridge.access.rules import Role
from daybridge.admissions.tests import factories as admissions
from daybridge.audit.models import Entry
from daybridge.episodes.models import Episode
from daybridge.jobs.actions import running
from daybridge.jobs.models import Job
from daybridge.keeping import actions, facts, queries
from daybridge.keeping.actions.periods import Choice
from daybridge.keeping.actions.running import fingerprint
from daybridge.keeping.models import Certificate, LegalHold, Purge, PurgeItem
from daybridge.keeping.tests import factories
from daybridge.kit.errors import BadInput, IllegalMove, NotAllowed, Refused
from daybridge.people.models import Client
from daybridge.people.tests import factories as people

pytestmark = pytest.mark.django_db
REASON = {"reason": "Litigation is expected", "asked_by": "County court"}


@pytest.fixture
def officer(users):
    return users[Role.PRIVACY_OFFICER]


@pytest.fixture
def director(users):
    return users[Role.DIRECTOR]


def verbs() -> list[str]:
    return list(Entry.objects.order_by("seq").values_list("verb", flat=True))


# Holds


def test_a_hold_is_placed_and_lifted_with_reasons(site, officer, now):
    person = factories.old_record(site)
    hold = actions.place(on=person.pk, **REASON, by=officer, at=now)
    assert facts.judged([person], at=now)[person.pk].keeps[0].code == "KEEP-HOLD"
    actions.lift(hold_id=hold.pk, reason="The case is closed", by=officer, at=now)
    assert facts.judged([person], at=now)[person.pk].may_go
    assert verbs() == ["hold.placed", "hold.lifted"]
    assert "Litigation" not in str(list(Entry.objects.values_list("data", "reason")))


def test_a_hold_on_a_site_holds_everybody_there(site, other_site, officer, now):
    here, there = factories.old_record(site), factories.old_record(other_site)
    actions.place(on=site.pk, **REASON, by=officer, at=now)
    stands = facts.judged([here, there], at=now)
    assert (stands[here.pk].may_go, stands[there.pk].may_go) == (False, True)


def test_a_hold_on_a_copy_holds_the_person(site, now):
    person = factories.old_record(site)
    copy = factories.old_record(site, merged_into=person)
    factories.hold(site, copy)
    assert not facts.judged([person], at=now)[person.pk].may_go


@pytest.mark.parametrize("missing", [{"reason": " "}, {"asked_by": ""}])
def test_a_hold_says_why_and_who_asked(site, officer, now, missing):
    person = factories.old_record(site)
    with pytest.raises(BadInput):
        actions.place(on=person.pk, **REASON | missing, by=officer, at=now)
    assert LegalHold.objects.count() == 0


def test_a_hold_is_lifted_once(site, officer, now):
    hold = factories.hold(site)
    actions.lift(hold_id=hold.pk, reason="The case is closed", by=officer, at=now)
    with pytest.raises(IllegalMove):
        actions.lift(hold_id=hold.pk, reason="The case is closed", by=officer, at=now)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PRIVACY_OFFICER])
def test_nobody_else_places_or_lifts(site, users, now, role):
    person, hold = factories.old_record(site), factories.hold(site)
    for act in (
        lambda: actions.place(on=person.pk, **REASON, by=users[role], at=now),
        lambda: actions.place(on=site.pk, **REASON, by=users[role], at=now),
        lambda: actions.lift(hold_id=hold.pk, reason="The case is closed", by=users[role], at=now),
    ):
        with pytest.raises((ObjectDoesNotExist, NotAllowed)):
            act()
    assert LegalHold.objects.filter(lifted_at=None).count() == 1


def test_another_sites_record_is_not_there(other_site, officer, now):
    with pytest.raises(Client.DoesNotExist):
        actions.place(on=factories.old_record(other_site).pk, **REASON, by=officer, at=now)


# Periods


def test_the_longest_of_what_laws_and_contracts_ask_for_counts(site, officer, now):
    person = factories.old_record(site)
    usual = facts.judged([person], at=now)[person.pk].until
    for years, source in ((12, "Contract A"), (20, "State rule")):
        choice = Choice(kept="clinical", years=years, source=source, reason="Asked for in writing")
        actions.choose(site_id=site.pk, choice=choice, by=officer, at=now)
    assert facts.judged([person], at=now)[person.pk].until.year == usual.year + 13
    period = facts.Period.objects.get(years=20)
    actions.end(period_id=period.pk, by=officer, at=now)
    assert facts.judged([person], at=now)[person.pk].until.year == usual.year + 5
    with pytest.raises(IllegalMove):
        actions.end(period_id=period.pk, by=officer, at=now)


@pytest.mark.parametrize(
    "wrong",
    [{"years": 4}, {"years": 51}, {"source": " "}, {"reason": ""}, {"kept": "ledger"}, {"kept": "nothing"}],
    ids=str,
)
def test_a_period_within_bounds_with_a_source(site, officer, now, wrong):
    choice = Choice(**{"kept": "clinical", "years": 10, "source": "State rule", "reason": "Asked for"} | wrong)
    with pytest.raises(BadInput):
        actions.choose(site_id=site.pk, choice=choice, by=officer, at=now)


def test_one_source_asks_once(site, officer, now):
    factories.period(site)
    choice = Choice(kept="clinical", years=9, source="State rule", reason="Asked for")
    with pytest.raises(Refused):
        actions.choose(site_id=site.pk, choice=choice, by=officer, at=now)


# What keeps a record


def test_who_is_in_care_or_referred_stays(site, now):
    in_care, referred, done = (factories.old_record(site) for _ in range(3))
    Episode.objects.create(client=in_care, site=site, level="2.1", status="active", admitted_on=now.date())
    admissions.referral(site, referred, first_call_at=factories.LONG_AGO, state_since=factories.LONG_AGO)
    stands = facts.judged([in_care, referred, done], at=now)
    assert [stands[one.pk].may_go for one in (in_care, referred, done)] == [False, False, True]


def test_another_room_may_say_what_is_open(site, now, settings):
    settings.KEEPING_OPEN = [f"{__name__}.everything_is_open"]
    person = factories.old_record(site)
    assert facts.judged([person], at=now)[person.pk].keeps[0].text == "A request is open."


def everything_is_open(*, client_ids):
    return dict.fromkeys(client_ids, "A request is open.")


def test_the_newest_row_sets_the_clock(site, now):
    from daybridge.consent.models import Disclosure

    person = factories.old_record(site)
    assert facts.judged([person], at=now)[person.pk].may_go
    Disclosure.objects.create(
        client=person, at=now - timedelta(days=366 * 8), by="user:x", purpose="payment", what="a plan"
    )
    stand = facts.judged([person], at=now)[person.pk]
    assert not stand.may_go
    assert {one.id for one in stand.classes} == {"clinical", "promises"}


def test_many_are_judged_in_as_many_queries_as_one(site, now, django_assert_num_queries):
    from django.db import connection as database
    from django.test.utils import CaptureQueriesContext

    many = [factories.old_record(site) for _ in range(20)]
    many = list(Client.objects.filter(pk__in=[one.pk for one in many]).select_related("site"))
    with CaptureQueriesContext(
        database,
    ) as one:
        facts.judged(many[:1], at=now)
    with django_assert_num_queries(len(one)):
        facts.judged(many, at=now)


# Purges


def test_proposed_by_one_approved_by_another_done_by_the_job(site, users, officer, director, now):
    gone, stays = factories.old_record(site), people.client(site)
    purge = actions.propose(site_id=site.pk, client_ids=[gone.pk], by=officer, at=now)
    assert Client.objects.count() == 2
    actions.approve(purge_id=purge.pk, by=director, at=now)
    job = Job.objects.get(task="purge")
    running.run(str(job.pk))
    job.refresh_from_db()
    assert job.state == "done", job.problem
    assert list(Client.objects.all()) == [stays]
    proof = Certificate.objects.get()
    assert proof.sha256 == fingerprint(proof.content)
    assert proof.content["rows"] == {"people.Client": 1}
    assert (proof.content["proposed"]["by"], proof.content["approved"]["by"]) == (officer.actor, director.actor)
    purge.refresh_from_db()
    assert purge.state == "purged"
    told = [verb for verb in verbs() if verb.startswith(("purge.", "record."))]
    assert told == ["purge.proposed", "purge.approved", "record.purged", "purge.certified"]


def test_nobody_approves_their_own(site, users, officer, now):
    from daybridge.access.models import Membership

    Membership.objects.create(user=officer, site=site, role=Role.DIRECTOR)
    both = type(officer).objects.get(pk=officer.pk)
    purge = factories.proposed([factories.old_record(site)], by=both, at=now)
    with pytest.raises(Refused, match="Somebody else"):
        actions.approve(purge_id=purge.pk, by=both, at=now)
    purge.answered_by, purge.answered_at, purge.state = purge.proposed_by, now, "approved"
    with pytest.raises(IntegrityError), transaction.atomic():
        purge.save()


@pytest.mark.parametrize("role", list(Role))
def test_who_proposes_and_who_approves(site, users, now, role):
    person = factories.old_record(site)
    may_propose, may_approve = role is Role.PRIVACY_OFFICER, role is Role.DIRECTOR
    try:
        actions.propose(site_id=site.pk, client_ids=[person.pk], by=users[role], at=now)
        assert may_propose
    except (ObjectDoesNotExist, NotAllowed):
        assert not may_propose
    PurgeItem.objects.all().delete()
    purge = factories.proposed([person], by=users[Role.PRIVACY_OFFICER], at=now)
    try:
        actions.approve(purge_id=purge.pk, by=users[role], at=now)
        assert may_approve
    except (ObjectDoesNotExist, NotAllowed, Refused):
        assert not may_approve


def test_what_may_not_go_is_not_proposed(site, other_site, officer, now):
    old, held, young, elsewhere = (
        factories.old_record(site), factories.old_record(site), people.client(site), factories.old_record(other_site)
    )  # fmt: skip
    factories.hold(site, held)
    for wrong, error in (
        ([], BadInput),
        ([held.pk], Refused),
        ([old.pk, young.pk], Refused),
        ([old.pk, elsewhere.pk], ObjectDoesNotExist),
    ):
        with pytest.raises(error):
            actions.propose(site_id=site.pk, client_ids=wrong, by=officer, at=now)
    factories.proposed([old], by=officer, at=now)
    with pytest.raises(Refused, match="another purge"):
        factories.proposed([old], by=officer, at=now)
    assert PurgeItem.objects.count() == 1


def test_a_proposal_is_declined_or_withdrawn_and_may_come_again(site, officer, director, now):
    person = factories.old_record(site)
    purge = factories.proposed([person], by=officer, at=now)
    with pytest.raises(BadInput):
        actions.decline(purge_id=purge.pk, reason="", by=director, at=now)
    actions.decline(purge_id=purge.pk, reason="Ask me again in May", by=director, at=now)
    again = factories.proposed([person], by=officer, at=now)
    actions.withdraw(purge_id=again.pk, by=officer, at=now)
    with pytest.raises(IllegalMove):
        actions.approve(purge_id=again.pk, by=director, at=now)
    assert set(Purge.objects.values_list("state", flat=True)) == {"declined", "withdrawn"}
    assert Client.objects.filter(pk=person.pk).exists()


def test_nothing_goes_without_approval(site, officer, now):
    purge = factories.proposed([factories.old_record(site)], by=officer, at=now)
    with pytest.raises(IllegalMove):
        actions.purge_one(item_id=purge.items.get().pk, at=now)
    with pytest.raises(IllegalMove):
        actions.certify(purge_id=purge.pk, at=now)
    assert Client.objects.count() == 1


def test_a_hold_placed_after_approval_still_holds(site, users, officer, now):
    held, gone = factories.old_record(site), factories.old_record(site)
    purge = factories.approved([held, gone], users, now)
    actions.place(on=held.pk, **REASON, by=officer, at=now)
    proof = factories.run(purge, now)
    assert list(Client.objects.all()) == [held]
    said = {row["id"]: (row["state"], row["kept_because"]) for row in proof.content["records"]}
    assert said == {str(held.pk): ("kept", "A legal hold is in force."), str(gone.pk): ("purged", "")}


def test_a_record_joined_or_gone_meanwhile_is_kept_out(site, users, now):
    joined, into, gone = (factories.old_record(site) for _ in range(3))
    purge = factories.approved([joined, gone], users, now)
    Client.objects.filter(pk=joined.pk).update(merged_into=into)
    gone.delete()
    proof = factories.run(purge, now)
    assert {row["state"] for row in proof.content["records"]} == {"kept"}
    assert Client.objects.count() == 2


def test_done_twice_is_done_once(site, users, now):
    purge = factories.approved([factories.old_record(site)], users, now)
    proof = factories.run(purge, now)
    lines = Entry.objects.count()
    assert actions.certify(purge_id=purge.pk, at=now) == proof
    assert Entry.objects.count() == lines


def test_the_certificate_waits_for_every_record(site, users, now):
    purge = factories.approved([factories.old_record(site)], users, now)
    with pytest.raises(IllegalMove, match="not decided"):
        actions.certify(purge_id=purge.pk, at=now)


def test_an_interrupted_purge_leaves_no_half_record_and_goes_on(site, users, now):
    """The database breaks off in the middle of the second record; the next run ends the work."""
    first, second = factories.old_record(site), factories.old_record(site)
    for person in (first, second):
        people.phone(person)
    purge = factories.approved([first, second], users, now)
    one, two = purge.items.all()
    broken = two.client_id
    with breaking_at(broken):
        actions.purge_one(item_id=one.pk, at=now)
        with pytest.raises(Exception, match="broken off"):
            actions.purge_one(item_id=two.pk, at=now)
    assert Client.objects.get().phones.count() == 1  # whole, not half
    job = Job.objects.get(task="purge")
    running.run(str(job.pk))
    assert Client.objects.count() == 0
    assert Certificate.objects.get().content["rows"] == {"people.Client": 2, "people.Phone": 2}


class breaking_at:
    """While it lasts, the database refuses to let one client's row go."""

    def __init__(self, client_id):
        self.key = str(client_id) if connection.vendor == "postgresql" else client_id.hex

    def __enter__(self):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(
                    "CREATE FUNCTION broken_off() RETURNS trigger LANGUAGE plpgsql AS "
                    f"$$ BEGIN IF OLD.id = '{self.key}' THEN RAISE EXCEPTION 'broken off'; END IF; RETURN OLD; END $$"
                )
                cursor.execute(
                    "CREATE TRIGGER breaks BEFORE DELETE ON people_client FOR EACH ROW EXECUTE FUNCTION broken_off()"
                )
            else:
                cursor.execute(
                    f"CREATE TRIGGER breaks BEFORE DELETE ON people_client WHEN OLD.id = '{self.key}' "
                    "BEGIN SELECT RAISE(ABORT, 'broken off'); END"
                )

    def __exit__(self, *_error):
        with connection.cursor() as cursor:
            on = " ON people_client" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER breaks{on}")
            if connection.vendor == "postgresql":
                cursor.execute("DROP FUNCTION broken_off()")


def test_the_queries_show_what_stands(site, users, officer, director, now):
    due, held = factories.old_record(site), factories.old_record(site)
    factories.hold(site, held)
    page = queries.overview(by=officer, at=now)
    assert [row.id for row in page.due] == [due.pk]
    assert [(row.id, row.kept_because) for row in page.held_back] == [(held.pk, "A legal hold is in force.")]
    assert queries.held(client_id=held.pk, by=director)
    assert not queries.held(client_id=due.pk, by=director)
    assert not queries.held(client_id=held.pk, by=users[Role.BILLER])
    purge = factories.proposed([due], by=officer, at=now)
    assert not queries.purge(purge_id=purge.pk, by=officer, at=now).may_answer
    shown = queries.purge(purge_id=purge.pk, by=director, at=now)
    assert shown.may_answer
    assert [item.name for item in shown.items] == [due.name]
    assert queries.overview(by=officer, at=now).due == ()


def test_open_requests_and_breaches_keep_a_record(site, users, officer, now):
    from daybridge.rights.models import BreachPerson
    from daybridge.rights.tests import factories as rights

    asked, touched, done = (factories.old_record(site) for _ in range(3))
    rights.request(asked, by=officer, at=now)
    BreachPerson.objects.create(breach=rights.breach(by=officer, at=now), client=touched)
    stands = facts.judged([asked, touched, done], at=now)
    assert stands[asked.pk].keeps[0].text == "A request about the record is not answered yet."
    assert stands[touched.pk].keeps[0].text == "A breach that touched the record is not closed."
    assert stands[done.pk].may_go


def test_working_papers_go_after_thirty_days(site, users, now):
    from daybridge.jobs.tests import factories as jobs
    from daybridge.ui.models import Draft

    user, long_ago = users[Role.NURSE], now - timedelta(days=31)
    for key, at in (("old", long_ago), ("new", now)):
        Draft.objects.create(owner=user, key=key, saved_at=at)
    mine = jobs.job(now)
    jobs.job(now, state="done", ended_at=long_ago)
    jobs.job(now, state="queued", asked_at=long_ago)
    assert actions.sweep(job=mine, at=now) == {"drafts": 1, "figures": 0, "jobs": 1}
    assert actions.sweep(job=mine, at=now) == {"drafts": 0, "figures": 0, "jobs": 0}
    assert list(Draft.objects.values_list("key", flat=True)) == ["new"]
    assert Job.objects.count() == 2
    assert verbs().count("papers.swept") == 1


def test_today_tells_who_may_answer(site, other_site, users, officer, director, now):
    factories.proposed([factories.old_record(site)], by=officer, at=now)
    (row,) = queries.waiting(by=director)
    assert row.reason == "1 record past its time"
    assert row.since == now
    assert queries.waiting(by=officer) == ()
    assert queries.waiting(by=users[Role.NURSE]) == ()
