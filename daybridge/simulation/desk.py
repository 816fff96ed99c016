"""The privacy officer's weeks: what people ask for about their records, what went wrong, what is held."""

from functools import partial
from uuid import UUID

from daybridge.access.actions import signing as access
from daybridge.access.models import User
from daybridge.access.rules import Outcome, Role, table_hash
from daybridge.keeping.actions import holds
from daybridge.notes import counseling
from daybridge.people import guarding
from daybridge.people.models import Client, Glass
from daybridge.rights import actions as rights
from daybridge.rights.rules.breaches import Report
from daybridge.rights.rules.requests import Answer, Asked, Kind, State
from daybridge.simulation.stage import Stage, Traveler

OFFICER = "Ruth Adeyemi"
TAKEN, BEGUN, ANSWERED, DELIVERED = range(4)

# how many workdays ago, which of the people in care, what they ask for, and how far it has come
ASKED = (
    (12, 1, Asked(kind=Kind.AMENDMENT, words="It says I live alone. My sister moved in with me in May.", way="letter",
                  checked="signature"), DELIVERED),
    (10, 0, Asked(kind=Kind.ACCESS, words="Everything about my stay, please.", wants={"form": "paper"}), BEGUN),
    (7, 2, Asked(kind=Kind.CONTACT, words="Please do not call at work.", way="phone",
                 wants={"means": "phone", "where": "(212) 555-0188", "not": "the number at work"}), DELIVERED),
    (5, 3, Asked(kind=Kind.RESTRICTION, words="I paid for this week myself.",
                 wants={"to": "health-plan", "recipient": "Aetna PPO", "paid_in_full": "yes"}), ANSWERED),
    (3, 4, Asked(kind=Kind.COMPLAINT, words="My name was called out loud in the waiting room."), BEGUN),
    (1, 5, Asked(kind=Kind.ACCOUNTING, words="Who got something about me this year?"), TAKEN),
)  # fmt: skip
WRONG = "A printed week meant for one client was handed to another at the front desk; it came back after ten minutes."


def begin(stage: Stage) -> None:
    """Put on the clock what will come to the privacy desk; what finds nobody in care does not happen."""
    for days, place, asked, far in ASKED:
        _on(stage, days, 10, partial(_ask, stage, place, asked, far))
    _on(stage, 6, 14, partial(_hold, stage))
    _on(stage, 4, 15, partial(_wrong, stage))
    for days in (7, 1):
        _on(stage, days, 18, partial(_open_in_need, stage, days))
    _on(stage, 8, 9, partial(_hide, stage))
    _on(stage, 9, 9, partial(_sign, stage))
    _on(stage, 2, 16, partial(_own_note, stage))


def _on(stage: Stage, days: int, hour: int, scene) -> None:
    stage.clock.at(stage.before_the_visit(days, hour), scene)


def _somebody(stage: Stage, place: int) -> Traveler | None:
    """The person in care at that place of the row, counted round, at the officer's first site."""
    here = [one for one in stage.by_episode.values() if one.site == "Harbor Street"]
    return here[place % len(here)] if here else None


def _officer(stage: Stage) -> User:
    return stage.world.users[OFFICER]


def _ask(stage: Stage, place: int, asked: Asked, far: int) -> None:
    traveler = _somebody(stage, place)
    if traveler is None:
        return
    desk = stage.someone(traveler, Role.FRONT_DESK)
    request = rights.take(client_id=traveler.client, asked=asked, by=desk, at=stage.now)
    stage.tally("requests")
    if far >= BEGUN:
        stage.clock.at(stage.workday(stage.now, 0, 15), partial(_work, stage, request.id, far))


def _work(stage: Stage, request_id: UUID, far: int) -> None:
    officer = _officer(stage)
    rights.begin(request_id=request_id, by=officer, at=stage.now)
    if far >= ANSWERED:
        rights.answer(request_id=request_id, answer=Answer(outcome=State.GRANTED), by=officer, at=stage.now)
    if far >= DELIVERED:
        rights.deliver(request_id=request_id, way="paper", by=officer, at=stage.now)


def _hold(stage: Stage) -> None:
    if traveler := _somebody(stage, 6):
        reason = "A letter from a lawyer about a car accident in June"
        holds.place(
            on=traveler.client, reason=reason, asked_by="Bell & Ruiz, attorneys", by=_officer(stage), at=stage.now
        )


def _wrong(stage: Stage) -> None:
    """Somebody at the desk says at once that something went wrong."""
    report = Report(what=WRONG, found_on=stage.today, happened_on=stage.today)
    site = stage.world.sites["Harbor Street"]
    rights.report(report=report, site_id=site.id, by=stage.world.someone(site.name, Role.FRONT_DESK), at=stage.now)


def _open_in_need(stage: Stage, days: int) -> None:
    """Somebody of the evening picks up the phone for a person of the day; the older one was reviewed since."""
    by = stage.world.users["Linh Chen"]
    here = [one for one in stage.by_episode.values() if one.site == "Harbor Street" and one.who.part_of_day == "day"]
    if not here:
        return
    record = Client.objects.values_list("record_number", flat=True).get(pk=here[-1].client)
    reason = "Called from a bus stop in distress; her counselor had left for the day"
    guarding.break_glass(sought=guarding.Sought(number=record), reason=reason, by=by, at=stage.now)
    opened = Glass.objects.filter(client=here[-1].client, user=by, reviewed_at=None).first()
    if opened and days > 1:
        stage.clock.at(stage.workday(stage.now, 1, 11), partial(_review, stage, opened.id))


def _review(stage: Stage, glass_id: UUID) -> None:
    remark = "Called back the same evening; the counselor knows."
    guarding.review(glass_id=glass_id, outcome=Outcome.NEEDED, remark=remark, by=_officer(stage), at=stage.now)


def _hide(stage: Stage) -> None:
    """The newest person at the second site turns out to be somebody's cousin; who works with them still sees."""
    there = [one for one in stage.by_episode.values() if one.site == "Mill Pond"]
    if len(there) < 2:
        return
    record = Client.objects.values_list("record_number", flat=True).get(pk=there[-1].client)
    leads = stage.world.counselors("Mill Pond", there[-1].who.part_of_day)
    intake = stage.someone(there[-1], Role.INTAKE)
    team = [stage.world.users["Dana Whitfield"], intake, *(one.user for one in leads)]
    naming = guarding.Naming(why="relative", team=tuple(one.id for one in team))
    guarding.hide(sought=guarding.Sought(number=record), naming=naming, by=_officer(stage), at=stage.now)


def _sign(stage: Stage) -> None:
    """The officer reads who may do what, and signs it."""
    access.sign_table(seen=table_hash(), typed=OFFICER, by=_officer(stage), at=stage.now)


def _own_note(stage: Stage) -> None:
    """A counselor keeps a thought to themself, apart from the record."""
    if traveler := _somebody(stage, 0):
        words = (
            "Wonder whether the jokes come when it gets close to the brother. Bring to supervision, not into the note."
        )
        counseling.write(client_id=traveler.client, words=words, by=stage.world.users[traveler.counselor], at=stage.now)
