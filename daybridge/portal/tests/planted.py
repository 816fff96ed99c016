"""A record with a word nobody else would write in every field of it, by the kind of thing it belongs to."""

from datetime import date, timedelta

from django.core.files.base import ContentFile

from daybridge.admissions.models import PacketItem
from daybridge.admissions.tests import factories as admissions
from daybridge.attendance.tests import factories as attendance
from daybridge.consent.rules.words import Kind
from daybridge.episodes.tests import factories as episodes
from daybridge.people import documents
from daybridge.people.models import Address, Client
from daybridge.people.tests import factories as people
from daybridge.plans.tests import factories as plans
from daybridge.program.tests import factories as program
from daybridge.scheduling.tests import factories as scheduling

ICD = "http://hl7.org/fhir/sid/icd-10-cm"
NEVER = "never"  # belongs to no kind a page shows: must not appear whatever was agreed

# Word -> the kind that lets it out. Times are words, too: 6:17 is a coming session, 7:23 one that was.
WORDS: dict[str, str] = {
    "Xqgiven": Kind.DEMOGRAPHICS, "Xqfamily": Kind.DEMOGRAPHICS, "0199": Kind.DEMOGRAPHICS, "1992": Kind.DEMOGRAPHICS,
    "6:17": Kind.SCHEDULE, "6:51": Kind.SCHEDULE, "7:23": Kind.ATTENDANCE,
    "Intensive": Kind.LEVEL_OF_CARE, "Xqgoal": Kind.PLAN, "Xqstep": Kind.PLAN,
    "Xqillness": Kind.DIAGNOSES, "Xqmedicine": Kind.MEDICATION,
    "is with us": Kind.PRESENCE,
    **dict.fromkeys((
        "Xqpronoun", "Xqmail", "XQ-RECORD", "Xqstreet", "Xqcity", "Xqvirus", "Xqallergy", "Xqcoverage", "Xqconcern",
        "Xqtitle", "Xqroom", "Xqlead", "Xqtopic", "Xqreason", "Xqdid", "Xqline", "Xqpaper", "Xqshort",
    ), NEVER),
}  # fmt: skip


def record(site, by, now) -> Client:
    """Everything a client can have, with the words of WORDS in it."""
    lead = people.staff(site, user=by)
    lead.user.name = "Xqlead Person"
    lead.user.save()
    client = people.client(
        site, given_name="Xqgiven", family_name="Xqfamily", preferred_name="Rosa", pronouns="Xqpronoun",
        email="xqmail@example.org", record_number="XQ-RECORD", birth_date=date(1992, 3, 4),
    )  # fmt: skip
    people.phone(client, "+15555550199")
    Address.objects.create(client=client, line="1 Xqstreet", city="Xqcity")
    stay = episodes.episode(client)
    people.on_team(client, lead)
    _plan(stay, lead.user)
    _week(stay, lead, now)
    _packet(site, client)
    documents.keep(
        client_id=client.id, kind="letter", title="Xqpaper", upload=ContentFile(b"Xqpaper inside", name="a.txt"),
        by=lead.user, at=now,
    )  # fmt: skip
    return client


def _plan(stay, by) -> None:
    made = plans.plan(stay, by)
    made.goals.update(words="Xqgoal in own words", short="Xqshort")
    for goal in made.goals.all():
        goal.objectives.update(text="Xqstep to take")


def _week(stay, lead, now) -> None:
    """One session tomorrow from 6:17 to 6:51 in the morning, one a week ago at 7:23, in New York."""
    room = program.room(lead.site, name="Xqroom")
    topic = program.topic(name="Xqtopic")
    coming = (now + timedelta(days=1)).replace(hour=11, minute=17)
    session = scheduling.session(lead, room, title="Xqtitle", topic=topic, starts_at=coming, minutes=34)
    scheduling.booking(session, stay)
    past = (now - timedelta(days=7)).replace(hour=12, minute=23)
    held = scheduling.session(lead, room, title="Xqtitle", topic=topic, starts_at=past, status="held", minutes=34)
    scheduling.booking(held, stay)
    attendance.roll_line(held, stay, mark="excused", reason="Xqreason")


def _packet(site, client) -> None:
    referral = admissions.referral(site, client, concern="Xqconcern")
    for kind, text, system, code in (
        ("condition", "Xqillness", ICD, "E11.9"), ("condition", "Xqvirus", ICD, "B20"),
        ("medication", "Xqmedicine", "", ""), ("allergy", "Xqallergy", "", ""), ("coverage", "Xqcoverage", "", ""),
    ):  # fmt: skip
        PacketItem.objects.create(referral=referral, kind=kind, text=text, system=system, code=code)


def found(html: str) -> set[str]:
    """The words that stand in a page."""
    return {word for word in WORDS if word.lower() in html.lower()}


def allowed(kinds) -> set[str]:
    """The words these kinds let out."""
    return {word for word, kind in WORDS.items() if kind in kinds}
