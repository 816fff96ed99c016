"""The first half of a record: the person, how they came, what was assessed, their stays."""

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from daybridge.admissions import words as admissions
from daybridge.admissions.models import ContactAttempt, PacketItem, Referral, ReferralEvent, Screen
from daybridge.episodes.models import Episode, EpisodeEvent
from daybridge.level_of_care.models import Determination
from daybridge.people.models import Address, CareTeamMember, Identifier, Phone
from daybridge.plans.models import Commitment, Travel
from daybridge.program.models import Enrollment
from daybridge.program.rules import clock
from daybridge.rights.models import ContactWish, NoticeGiven
from daybridge.rights.record.codes import Code, said
from daybridge.rights.record.contents import Entry, Whose
from daybridge.rights.sealed import data


def person(of: Whose) -> Iterator[Entry]:
    """Names, days, numbers, where to reach them, and who cares for them."""
    one = of.client
    yield Entry(_("Name and numbers"), (
        (_("Name"), f"{one.given_name} {one.family_name}".strip()), (_("Called"), one.preferred_name),
        (_("Pronouns"), one.pronouns), (_("Born"), one.birth_date), (_("Sex"), Code(one.sex)),
        (_("Languages"), ", ".join(one.languages)), (_("Record number"), one.record_number),
        (_("Record begun"), one.created_at),
    ))  # fmt: skip
    reached = [(_("Email"), one.email)]
    reached += [
        (_("Phone"), number) for number in Phone.objects.filter(client__in=of.ids).values_list("number", flat=True)
    ]
    for place in Address.objects.filter(client__in=of.ids):
        parts = (place.line, place.city, place.state, place.postal_code)
        reached.append((_("Address"), ", ".join(part for part in parts if part)))
    yield Entry(_("Where to reach you"), tuple(reached))
    known = Identifier.objects.filter(client__in=of.ids)
    yield Entry(_("Numbers others gave you"), tuple((number.kind or number.system, number.shown) for number in known))
    team = CareTeamMember.objects.filter(client__in=of.ids).select_related("staff__user").order_by("since")
    for member in team:
        facts = ((_("Name"), member.staff.name), (_("From"), member.since), (_("Until"), member.until))
        yield Entry(_("Care team: {role}").format(role=said(member.role)), facts)
    yield from _wishes(of)


def _wishes(of: Whose) -> Iterator[Entry]:
    for wish in ContactWish.objects.filter(client__in=of.ids).order_by("since"):
        said = data(wish, "said")
        yield Entry(_("How you want to be reached"), (
            (_("How"), Code(wish.means)), (_("Where"), said.get("where")), (_("Not"), said.get("not")),
            (_("From"), wish.since), (_("Until"), wish.ended_at),
        ))  # fmt: skip
    for notice in NoticeGiven.objects.filter(client__in=of.ids).order_by("given_at"):
        facts = ((_("Version"), notice.version), (_("Given"), notice.given_at), (_("Signed by"), notice.signer_name))
        yield Entry(_("Notice about privacy"), facts)


def referrals(of: Whose) -> Iterator[Entry]:
    """How the person came: each referral, its steps, the calls and the phone screen."""
    for one in Referral.objects.filter(client__in=of.ids).order_by("first_call_at"):
        yield Entry(_("Referral"), (
            (_("First call"), one.first_call_at), (_("How it came"), Code(one.source)), (_("From"), one.referrer),
            (_("Concern"), one.concern), (_("Where it stands"), Code(one.state)),
            (_("Best time to call"), one.best_time),
        ))  # fmt: skip
        for event in ReferralEvent.objects.filter(referral=one):
            facts = ((_("When"), event.at), (_("Who"), of.who(event.by)), (_("Why"), event.reason))
            yield Entry(_("Step: {state}").format(state=said(event.now)), facts)
        for call in ContactAttempt.objects.filter(referral=one):
            result = admissions.label(admissions.RESULTS, call.result)
            facts = ((_("When"), call.at), (_("Who"), of.who(call.by)), (_("Remark"), call.remark))
            yield Entry(_("Call: {result}").format(result=result), facts)
        for screen in Screen.objects.filter(referral=one):
            answers = tuple((key.replace("_", " "), _plain(value)) for key, value in screen.answers.items())
            yield Entry(_("Phone screen"), ((_("When"), screen.at), *answers))


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return ", ".join(said(str(one)) for one in value)
    return "" if value is None else said(str(value))


def papers(of: Whose) -> Iterator[Entry]:
    """What the packet of a referral brought."""
    for item in PacketItem.objects.filter(referral__client__in=of.ids):
        facts = ((_("What"), item.text), (_("Code"), item.code), (_("From"), item.start), (_("Until"), item.end))
        yield Entry(capfirst(said(item.kind)), facts)


def assessments(of: Whose) -> Iterator[Entry]:
    """What was found, what the rules recommended, what a clinician decided."""
    found = Determination.objects.filter(client__in=of.ids).select_related("assessed_by", "decided_by")
    for one in found.order_by("assessed_at"):
        ratings = (one.case.get("dimensions") or {}).items()
        reasons = "; ".join(reason.get("text", "") for reason in one.result.get("reasons", ()))
        yield Entry(_("Assessment"), (
            (_("When"), one.assessed_at), (_("Who"), one.assessed_by.name),
            *((name.replace("_", " "), value) for name, value in ratings),
            *((_("Evidence: {part}").format(part=name), words) for name, words in one.evidence.items()),
            (_("Recommended level"), one.recommended), (_("Because"), reasons), (_("Decided level"), one.decided_level),
            (_("Decided"), one.decided_at), (_("Decided by"), one.decided_by.name if one.decided_by else ""),
            (_("Why another level"), one.override_reason),
        ))  # fmt: skip


def stays(of: Whose) -> Iterator[Entry]:
    """Each stay, its steps, the track of groups, and when the person cannot come."""
    for one in Episode.objects.filter(client__in=of.ids).order_by("admitted_on"):
        facts = (
            (_("Level"), one.level),
            (_("Status"), Code(one.status)),
            (_("From"), one.admitted_on),
            (_("Until"), one.ended_on),
        )
        yield Entry(_("Stay"), facts)
        for event in EpisodeEvent.objects.filter(episode=one):
            facts = ((_("When"), event.at), (_("Who"), of.who(event.by)), (_("Why"), event.reason))
            yield Entry(_("Step: {state}").format(state=said(event.now)), facts)
        for seat in Enrollment.objects.filter(episode=one).select_related("track").order_by("since"):
            facts = ((_("Track"), seat.track.name), (_("From"), seat.since), (_("Until"), seat.until))
            yield Entry(_("Groups"), facts)
        for busy in Commitment.objects.filter(episode=one):
            hours = f"{clock(busy.start_minute)} - {clock(busy.end_minute)}"
            facts = (
                (_("Weekday"), busy.weekday + 1),
                (_("Time"), hours),
                (_("How firm"), _("cannot come") if busy.firmness == "hard" else _("would rather not")),
                (_("From"), busy.since),
                (_("Until"), busy.until),
            )
            yield Entry(_("Not free: {kind}").format(kind=said(busy.kind)), facts)
        for way in Travel.objects.filter(episode=one):
            video = _("yes") if way.can_telehealth else _("no")
            facts = (
                (_("Minutes"), way.minutes_each_way),
                (_("By video"), video),
                (_("From"), way.since),
                (_("Until"), way.until),
            )
            yield Entry(_("The way here"), facts)
