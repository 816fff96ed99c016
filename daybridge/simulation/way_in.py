"""From the first call to the first plan, one persona at a time, each step by whoever takes it in life."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID

from daybridge.access.gates import FRONT_DOOR
from daybridge.access.rules import Role
from daybridge.admissions.actions import admit, assess, refer, work
from daybridge.admissions.models import Referral
from daybridge.admissions.rules import ReferralState
from daybridge.admissions.rules.arrival import NewReferral
from daybridge.admissions.rules.work import Call, CallResult, Screening, Step
from daybridge.consent import actions as consent
from daybridge.consent.rules import Signature
from daybridge.kit.errors import Refused
from daybridge.kit.periods import week_start
from daybridge.level_of_care.rules import Choice
from daybridge.people.rules import NewPerson, Number, Place
from daybridge.plans import actions as plans
from daybridge.plans.rules import Busy, GoalWords, PlanWords
from daybridge.scheduling import actions as scheduling
from daybridge.simulation import offer, promises
from daybridge.simulation.packets import packet
from daybridge.simulation.personas import Persona
from daybridge.simulation.stage import Stage, Traveler

ENDINGS = {
    "unreachable": (ReferralState.UNREACHABLE, "no answer after three calls"),
    "elsewhere": (ReferralState.ELSEWHERE, "residential bed found, warm hand-off done"),
    "declined": (ReferralState.DECLINED, "wants to try weekly visits first"),
}
HOURS = 540


def later(stage: Stage, traveler: Traveler, days: int, hour: int, scene: Callable[[Stage, Traveler], None]) -> None:
    stage.clock.at(stage.workday(stage.now, days, hour), partial(scene, stage, traveler))


def arrive(stage: Stage, traveler: Traveler) -> None:
    """The referral: a hospital's packet, or a form told on the phone or typed at the front door."""
    who, site = traveler.who, stage.site(traveler)
    intake = stage.someone(traveler, Role.INTAKE)
    if who.by_packet:
        name = f"referral-{who.record}.json"
        data = packet(who, stage.today)
        outcome = refer.receive_packet(site=site, name=name, data=data, by=intake, at=stage.now)
    else:
        by_web = who.number % 3 == 0
        form = NewReferral(
            person=_person(who), source="web" if by_web else "phone", referrer="" if by_web else who.referrer,
            concern=who.substance.text,
        )  # fmt: skip
        outcome = refer.receive_form(site=site, form=form, by=FRONT_DOOR if by_web else intake, at=stage.now)
    traveler.referral = outcome.referral
    traveler.client = Referral.objects.values_list("client_id", flat=True).get(pk=outcome.referral)
    stage.tally("referrals")
    later(stage, traveler, stage.rng.choice((0, 0, 1)), 11, call)


def arrive_again(stage: Stage, traveler: Traveler) -> None:
    """Somebody else refers the same person: found again, and left for a human to join."""
    if traveler.referral is None:
        return
    form = NewReferral(person=_person(traveler.who), source="phone", referrer="A relative called", concern="Asks again")
    intake = stage.someone(traveler, Role.INTAKE)
    refer.receive_form(site=stage.site(traveler), form=form, by=intake, at=stage.now)
    stage.tally("again")


def _person(who: Persona) -> NewPerson:
    return NewPerson(
        given=who.given, family=who.family, birth_date=who.birth_date, sex=who.sex, languages=(who.language,),
        phones=(who.phone,), addresses=(Place(who.street, "Port Ellery", "NY", "10999"),),
        identifiers=(Number("https://records.mercy.example", who.record, "MR"),) if who.by_packet else (),
    )  # fmt: skip


def call(stage: Stage, traveler: Traveler) -> None:
    """The first calls; most people are reached."""
    intake = stage.someone(traveler, Role.INTAKE)
    reached = traveler.who.ending != "unreachable" and stage.rng.random() < 0.8
    result = CallResult.REACHED if reached else CallResult.LEFT_MESSAGE
    work.contact(referral_id=traveler.referral, call=Call(result=result), by=intake, at=stage.now)
    if reached:
        later(stage, traveler, stage.rng.choice((0, 1, 2)), 14, screen)
    elif traveler.who.ending == "unreachable" and stage.rng.random() < 0.5:
        later(stage, traveler, 3, 15, end)
    else:
        later(stage, traveler, 1, 10, call)


def end(stage: Stage, traveler: Traveler) -> None:
    """The referral ends another way than here."""
    to, reason = ENDINGS[traveler.who.ending]
    intake = stage.someone(traveler, Role.INTAKE)
    work.move(referral_id=traveler.referral, to=Step(to=to, reason=reason), by=intake, at=stage.now)
    stage.tally(traveler.who.ending)


def screen(stage: Stage, traveler: Traveler) -> None:
    """The phone screen."""
    who = traveler.who
    needs = {"day": ("work",), "evening": ("work",), "child-care": ("child-care",)}.get(who.works, ())
    answers = Screening(
        concern=who.substance.text, use="this week", withdrawal="no", insurance=who.coverage or "none",
        best_time="evenings" if who.works == "day" else "mornings", needs=needs, may_contact=True,
    )  # fmt: skip
    intake = stage.someone(traveler, Role.INTAKE)
    work.screen(referral_id=traveler.referral, answers=answers, by=intake, at=stage.now)
    if who.ending in {"elsewhere", "declined"}:
        later(stage, traveler, 1, 15, end)
    else:
        later(stage, traveler, stage.rng.choice((1, 1, 2, 3)), 13, rate)


def rate(stage: Stage, traveler: Traveler) -> None:
    """The assessment of the dimensions, by the counselor who will probably stay with the person."""
    who = traveler.who
    team = stage.world.counselors(traveler.site, who.part_of_day)
    traveler.counselor = team[who.number % len(team)].user.name
    assess.assess(
        referral_id=traveler.referral, case=_case(stage, who), evidence={"use_risk": "Used within the last week."},
        by=stage.world.users[traveler.counselor], at=stage.now,
    )  # fmt: skip
    later(stage, traveler, stage.rng.choice((0, 1, 2)), 15, decide)


def _case(stage: Stage, who: Persona) -> dict[str, object]:
    obligations = {"day": ["work"], "evening": ["work"], "child-care": ["child-care"]}.get(who.works, [])
    age = (stage.today - who.birth_date).days // 365
    return {
        "as_of": stage.today.isoformat(),
        "age": age,
        "concerns": [who.substance.text, *([who.companion.text] if who.companion else [])],
        "dimensions": {
            "withdrawal": 1, "biomedical": 0, "mental_health": who.mental_health, "use_risk": who.use_risk,
            "environment": 1, "readiness": 1,
        },
        "findings": {
            "imminent_danger": False, "needs_24h_supervision": False, "withdrawal_management": "none",
            "unstable_medical_condition": False, "meal_support_needed": False,
            "psychosis_or_mania_blocks_groups": False, "safe_home": True, "supportive_home": who.number % 4 != 0,
            "obligations": obligations, "transport": who.number % 5 != 0, "motivation": "some",
            "stepping_down_from": "3.5" if who.number % 6 == 0 else None, "no_progress_at": "1.5",
            "co_occurring": who.companion is not None, "on_moud": bool(who.medications), "wants_level": None,
        },
    }  # fmt: skip


def decide(stage: Stage, traveler: Traveler) -> None:
    """The clinician's decision: nearly always the recommendation, here always an IOP."""
    counselor = stage.world.users[traveler.counselor]
    recommended = Referral.objects.get(pk=traveler.referral).client.determinations.first().recommended
    choice = (
        Choice("2.1")
        if recommended == "2.1"
        else Choice("2.1", "client-preference", "Wants to keep the job; starts here, reviewed in a week.")
    )
    assess.decide(referral_id=traveler.referral, choice=choice, by=counselor, at=stage.now)
    later(stage, traveler, stage.rng.choice((0, 1, 2)), 16, sign)


def sign(stage: Stage, traveler: Traveler) -> None:
    """Both first consents, read together on the tablet."""
    name = f"{traveler.who.given} {traveler.who.family}"
    for form in ("treatment", "part2-tpo"):
        signature = Signature(name=name, relation="self", kind="typed", mark=name, device="Intake tablet")
        consent.sign(
            client_id=traveler.client, form=form, language=traveler.who.language, signature=signature,
            by=stage.someone(traveler, Role.INTAKE), at=stage.now,
        )  # fmt: skip
    stage.tally("consents")
    later(stage, traveler, 0, 16, let_in)


def let_in(stage: Stage, traveler: Traveler) -> None:
    """Admission, or the waitlist while the track is full."""
    who, intake = traveler.who, stage.someone(traveler, Role.INTAKE)
    track = stage.world.tracks[traveler.site, who.part_of_day]
    try:
        episode = admit.admit(
            referral_id=traveler.referral, track_id=track.id, counselor_id=stage.world.staff[traveler.counselor].id,
            start_on=stage.today, by=intake, at=stage.now,
        )  # fmt: skip
    except Refused:
        state = Referral.objects.values_list("state", flat=True).get(pk=traveler.referral)
        if state == ReferralState.DECIDED:
            step = Step(to=ReferralState.WAITLISTED, reason="no seat in the track")
            work.move(referral_id=traveler.referral, to=step, by=intake, at=stage.now)
        later(stage, traveler, 4, 16, let_in)
        return
    traveler.episode = episode.id
    stage.by_episode[episode.id] = traveler
    stage.tally("admitted")
    promises.begin(stage, traveler)
    stage.clock.at(stage.now + timedelta(minutes=20), partial(plan, stage, traveler))


def plan(stage: Stage, traveler: Traveler) -> None:
    """The first plan and its weekly prescription, written together."""
    who, counselor = traveler.who, stage.world.users[traveler.counselor]
    words = PlanWords(
        weekly_minutes=HOURS, mix={"group": 390, "education": 90, "individual": 60},
        goals=tuple(GoalWords(aim.words, aim.short, aim.steps) for aim in who.goals),
        commitments=tuple(Busy(*one) for one in who.commitments), review_on=stage.today + timedelta(days=14),
    )  # fmt: skip
    draft = plans.write(episode_id=traveler.episode, plan=words, by=counselor, at=stage.now)
    stage.clock.at(stage.now + timedelta(minutes=25), partial(begin_week, stage, traveler, draft.id))


def begin_week(stage: Stage, traveler: Traveler, plan_id: UUID) -> None:
    """The plan is signed with the client; then the rest of this week and the next are placed."""
    counselor = stage.world.users[traveler.counselor]
    plans.sign(plan_id=plan_id, by=counselor, at=stage.now)
    monday = week_start(stage.today)
    life = offer.life_of(traveler)
    plans.say_life(episode_id=traveler.episode, life=life, since=monday, by=counselor, at=stage.now)
    for first in (monday, monday + timedelta(days=7)):
        scheduling.lay_week(site_id=stage.site(traveler).id, first=first, by=counselor, at=stage.now)
        scheduling.place(episode_id=traveler.episode, first=first, by=counselor, at=stage.now)
