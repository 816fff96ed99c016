"""What staff are: their post and hours, the credentials they hold, who supervises them."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.models import Site, User
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.kit.errors import Refused
from daybridge.people import rules
from daybridge.people.models import Credential, Staff, WorkingHours


@transaction.atomic
def employ(*, user_id: UUID, site_id: UUID, post: rules.Post, by, at: datetime) -> Staff:
    """Say what a user is in the clinic: title, credential, languages, working hours. A second call changes the post.

    Raises User.DoesNotExist or Site.DoesNotExist out of reach, NotAllowed, Refused for hours that make no sense or a
    post at a site out of reach.
    """
    site = Site.objects.filter(id__in=by.sites_with(Permission.PROGRAM_WRITE)).get(pk=site_id)
    require(by, Permission.PROGRAM_WRITE, site)
    user = User.objects.filter(memberships__site=site).distinct().get(pk=user_id)
    rules.check_post(post)
    held = Staff.objects.select_for_update(of=("self",), no_key=True).filter(user=user).first()
    if held and held.site_id not in by.sites_with(Permission.PROGRAM_WRITE):
        raise Refused("This person has a post at another site; it is changed there.")
    facts = {
        "site": site, "title": post.title, "credential": post.credential, "credential_until": post.credential_until,
        "languages": list(post.languages), "gender": post.gender, "caseload_max": post.caseload_max,
    }  # fmt: skip
    staff, _made = Staff.objects.update_or_create(user=user, defaults=facts)
    _signs_with(staff, rules.day_at(site.timezone, at))
    staff.hours.all().delete()
    WorkingHours.objects.bulk_create(
        WorkingHours(staff=staff, weekday=day, start_minute=start, end_minute=end) for day, start, end in post.hours
    )
    ledger.record("staff.employ", staff, by=by, at=at, credential=post.credential, hours=len(post.hours))
    return staff


def _signs_with(staff: Staff, today: date) -> None:
    """Keep the credential somebody signs with among those they hold, with the same last day."""
    if not staff.credential:
        return
    row = Credential.objects.filter(staff=staff, kind=staff.credential).first() or Credential(
        staff=staff, kind=staff.credential
    )
    row.expires_on = staff.credential_until
    rules.check_licence(
        rules.Licence(
            kind=row.kind, number=row.number, state=row.state, issued_on=row.issued_on, expires_on=row.expires_on
        ),
        today,
    )
    row.save()


def staff_to_run(staff_id: UUID, by) -> Staff:
    """A member of staff of a site whose program `by` may change, locked. Raises Staff.DoesNotExist, NotAllowed."""
    reach = Staff.objects.filter(site__in=by.sites_with(Permission.PROGRAM_WRITE)).select_related("site", "user")
    staff = reach.select_for_update(of=("self",), no_key=True).get(pk=staff_id)
    require(by, Permission.PROGRAM_WRITE, staff)
    return staff


@transaction.atomic
def hold_credential(*, staff_id: UUID, held: rules.Licence, by, at: datetime) -> Credential:
    """Enter a credential with its number and days, or the renewed one of the same kind in its place.

    The first one, and the one they sign with, also stand in their post. Raises Staff.DoesNotExist out of reach,
    NotAllowed, Refused for days that make no sense.
    """
    staff = staff_to_run(staff_id, by)
    rules.check_licence(held, rules.day_at(staff.site.timezone, at))
    facts = {
        "number": held.number, "state": held.state.upper(), "issued_on": held.issued_on, "expires_on": held.expires_on,
    }  # fmt: skip
    kind = rules.credential(held.kind)
    row, _made = Credential.objects.update_or_create(staff=staff, kind=kind, defaults=facts)
    if staff.credential in ("", kind):
        staff.credential, staff.credential_until = kind, held.expires_on
        staff.save(update_fields=["credential", "credential_until"])
    ledger.record("staff.credential", row, by=by, at=at, staff=staff.id, kind=kind, until=held.expires_on)
    return row


@transaction.atomic
def drop_credential(*, staff_id: UUID, credential_id: UUID, by, at: datetime) -> None:
    """Take out a credential they do not hold. Raises as `hold_credential`; Refused for the one they sign with."""
    staff = staff_to_run(staff_id, by)
    row = staff.credentials.get(pk=credential_id)
    if row.kind == staff.credential:
        raise Refused("They sign with this credential. Choose another one to sign with first.")
    ledger.record("staff.credential-drop", row, by=by, at=at, staff=staff.id, kind=row.kind)
    row.delete()


@transaction.atomic
def supervise(*, staff_id: UUID, supervisor_id: UUID | None, by, at: datetime) -> Staff:
    """Say who supervises a member of staff; None: nobody has to.

    Raises Staff.DoesNotExist out of reach or for somebody of another site, NotAllowed, Refused for a circle, a
    supervisor without a credential in force.
    """
    staff = staff_to_run(staff_id, by)
    above = Staff.objects.get(pk=supervisor_id, site_id=staff.site_id) if supervisor_id else None
    if above:
        rules.check_supervisor(staff.pk, _chain(above))
        if not rules.in_force(above.held, rules.day_at(staff.site.timezone, at)):
            raise Refused("Who supervises needs a credential that is in force.")
    staff.supervisor = above
    staff.save(update_fields=["supervisor"])
    ledger.record("staff.supervise", staff, by=by, at=at, supervisor=supervisor_id)
    return staff


def _chain(staff: Staff | None) -> list[UUID]:
    """Somebody, who supervises them, and so on up."""
    chain: list[UUID] = []
    while staff is not None and staff.pk not in chain:
        chain.append(staff.pk)
        staff = staff.supervisor
    return chain
