"""The second half of a record: plans, sessions, notes, what was signed, what left, what was asked for."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from daybridge.attendance.models import RollLine
from daybridge.consent.models import Consent, Disclosure
from daybridge.notes.models import NoteLine, SessionNote
from daybridge.notes.sealed import addendum_words, line_words, unsealed
from daybridge.people.models import Document
from daybridge.plans.models import TreatmentPlan
from daybridge.rights.models import Letter, Request
from daybridge.rights.record.codes import Code, said
from daybridge.rights.record.contents import Entry, Whose
from daybridge.rights.sealed import asked, data, words
from daybridge.rights.wording import plain
from daybridge.scheduling.models import Booking


def plans(of: Whose) -> Iterator[Entry]:
    """Every version of every plan that was signed, and a draft that waits."""
    found = TreatmentPlan.objects.filter(episode__client__in=of.ids).select_related("signed_by")
    for plan in found.prefetch_related("goals__objectives", "mix").order_by("episode__admitted_on", "number"):
        goals = [(_("Goal"), goal.words) for goal in plan.goals.all()]
        steps = [(_("Step"), step.text) for goal in plan.goals.all() for step in goal.objectives.all()]
        mix = ", ".join(f"{said(part.kind)} {part.minutes} min" for part in plan.mix.all())
        yield Entry(_("Plan, version {n}").format(n=plan.number), (
            (_("Status"), Code(plan.status)), (_("Minutes a week"), plan.weekly_minutes), (_("Kinds of sessions"), mix),
            *goals, *steps, (_("Review on"), plan.review_on),
            (_("Signed by"), plan.signed_by.name if plan.signed_by else ""), (_("Signed"), plan.signed_at),
        ))  # fmt: skip


def sessions(of: Whose) -> Iterator[Entry]:
    """Each session booked, and how it went."""
    came = {
        line.session_id: line for line in RollLine.objects.filter(episode__client__in=of.ids).select_related("session")
    }
    booked = Booking.objects.filter(episode__client__in=of.ids).select_related("session__room", "session__lead__user")
    for one in booked.order_by("session__starts_at"):
        session, line = one.session, came.get(one.session_id)
        yield Entry(session.title, (
            (_("Begins"), session.starts_at), (_("Ends"), session.ends_at), (_("Room"), session.room.name),
            (_("Led by"), session.lead.name), (_("Seat"), Code(one.status)), *(_how(line) if line else ()),
        ))  # fmt: skip


def _how(line: RollLine) -> tuple[tuple[str, object], ...]:
    return (
        (_("Mark"), Code(line.mark)), (_("Came"), line.arrived_at), (_("Left"), line.left_at),
        (_("Online"), _("yes") if line.is_online else ""), (_("Reason"), line.reason),
        (_("Minutes counted"), line.credited_minutes),
    )  # fmt: skip


def notes(of: Whose) -> Iterator[Entry]:
    """Signed notes of sessions the person came to: what was done with all, and the person's own line. Nobody else's."""
    mine = {line.note_id: line for line in NoteLine.objects.filter(episode__client__in=of.ids).select_related("goal")}
    found = (
        SessionNote.objects.filter(pk__in=mine, status="signed").select_related("session").prefetch_related("addenda")
    )
    for note in found.order_by("session__starts_at"):
        line = mine[note.pk]
        added = [(_("Added {name}").format(name=one.signed_as), addendum_words(one)) for one in note.addenda.all()]
        yield Entry(note.session.title, (
            (_("When"), note.session.starts_at), (_("Topic"), note.topic),
            (_("What we did"), unsealed(note, "what_we_did")), (_("To practice"), unsealed(note, "practice")),
            (_("About you"), line_words(line)),
            (_("Taking part"), Code(line.participation)), (_("How it went"), Code(line.response)),
            (_("Goal"), line.goal.words if line.goal else ""), (_("Signed by"), note.signed_as),
            (_("Signed"), note.signed_at), *added,
        ))  # fmt: skip


def consents(of: Whose) -> Iterator[Entry]:
    """Every form with its exact words."""
    for one in Consent.objects.filter(client__in=of.ids).exclude(signed_at=None).order_by("signed_at"):
        yield Entry(one.form, (
            (_("Signed"), one.signed_at), (_("Signed by"), one.signer_name), (_("Recipient"), one.recipient),
            (_("Where it stands"), Code(one.status)), (_("Words"), plain(one.text)),
        ))  # fmt: skip


def disclosures(of: Whose) -> Iterator[Entry]:
    """Everything that left, and what was asked for and did not."""
    for one in Disclosure.objects.filter(client__in=of.ids).order_by("at"):
        yield Entry(one.recipient, (
            (_("When"), one.at), (_("What for"), Code(one.purpose)), (_("What"), one.what),
            (_("Given"), tuple(map(Code, one.allowed))),
            (_("Not given"), tuple(Code(part["kind"]) for part in one.withheld)),
        ))  # fmt: skip


def requests(of: Whose) -> Iterator[Entry]:
    """What the person asked for, what was answered, their statement of disagreement, and the letters."""
    for one in Request.objects.filter(client__in=of.ids).order_by("received_on", "taken_at"):
        told = asked(one)
        yield Entry(_("Request: {kind}").format(kind=said(one.kind)), (
            (_("Received"), one.received_on), (_("Your words"), told.words),
            *((name.replace("_", " "), value) for name, value in told.wants.items()),
            (_("Where it stands"), Code(one.state)), (_("Answered"), one.answered_at),
            (_("Our answer"), data(one, "answer").get("words")),
            (_("Your statement of disagreement"), words(one, "disagreement")),
        ))  # fmt: skip
    for letter in Letter.objects.filter(client__in=of.ids):
        facts = (
            (_("Written"), letter.written_at),
            (_("Handed over"), letter.given_at),
            (_("Words"), plain(words(letter, "words"))),
        )
        yield Entry(_("Letter"), facts)


def documents(of: Whose) -> Iterator[Entry]:
    """The papers kept with the record; the files themselves lie beside this document."""
    kept = Document.objects.filter(client__in=of.ids).exclude(kind="packet").defer("sealed").order_by("kept_at")
    for one in kept:
        yield Entry(one.title, ((_("Kept"), one.kept_at), (_("Type"), one.media_type), (_("Size in bytes"), one.size)))
