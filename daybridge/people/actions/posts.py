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
