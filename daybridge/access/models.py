"""Sites, users and what role a user has where."""

from datetime import date, datetime
from typing import ClassVar, NamedTuple, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from daybridge.access import reach
from daybridge.access.reach import Scope, Window
from daybridge.access.rules import (
    OPENS,
    InvitationState,
    Permission,
    Reach,
    Role,
    Times,
    invitation_state,
    reach_of,
    roles_with,
)
from daybridge.kit.ids import new_id


class Held(NamedTuple):
    """A role somebody holds today: where, for which days of care, for which permissions (all of the role if none)."""

    role: str
    site: UUID
    first: date | None
    last: date | None
    permissions: list[str]


class Actor(Protocol):
    """Whoever acts: a user, or a named part of the system."""

    @property
    def actor(self) -> str: ...

    def sites_with(self, permission: Permission) -> frozenset[UUID]: ...

    def scope(self, permission: Permission) -> Scope: ...


class Program(models.Model):
    """The one program this installation runs."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=200)
    timezone = models.CharField(max_length=60)
    phone = models.CharField(max_length=40, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="access_program_only_one")]

    def __str__(self) -> str:
        return self.name


class SiteQuerySet(models.QuerySet["Site"]):
    """Sites by who may do what there."""

    def managed_by(self, by: Actor) -> "SiteQuerySet":
        return self.filter(id__in=by.sites_with(Permission.ACCOUNTS_MANAGE))


class Site(models.Model):
    """A clinic building; its time zone is the one clients see."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200, unique=True)
    timezone = models.CharField(max_length=60)
    first_weekday = models.PositiveSmallIntegerField(default=0)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)

    objects = SiteQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(condition=models.Q(first_weekday__lte=6), name="access_site_weekday_exists")
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Finds users by e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def visible_to(self, by: Actor) -> "models.QuerySet[User]":
        """Accounts at the sites where `by` manages accounts, and those that have no role anywhere."""
        sites = by.sites_with(Permission.ACCOUNTS_MANAGE)
        if not sites:
            return self.none()
        here = Membership.objects.filter(user=models.OuterRef("pk"))
        return self.filter(models.Exists(here.filter(site_id__in=sites)) | ~models.Exists(here))


class User(AbstractBaseUser):
    """A person who signs in. Never deleted: the ledger names them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=10, default="en")
    is_active = models.BooleanField(default=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> str:
        return f"user:{self.id}"

    @cached_property
    def held(self) -> tuple[Held, ...]:
        """The roles held today with their limits, read once per request."""
        rows = self.memberships.values_list(
            "role", "site_id", "until", "period_from", "period_until", "permissions", "site__timezone"
        )
        return tuple(Held(*row[:2], *row[3:6]) for row in rows if not row[2] or row[2] >= _today(row[6]))

    @property
    def places(self) -> tuple[tuple[str, UUID], ...]:
        """(role, site id) pairs."""
        return tuple((one.role, one.site) for one in self.held)

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(Role(one.role) for one in self.held)

    def sites_with(self, permission: Permission) -> frozenset:
        """The ids of the sites where this person holds the permission."""
        return frozenset(one.site for one in self._with(permission))

    def scope(self, permission: Permission) -> Scope:
        """Which clients this permission reaches: by role and care team, by a broken glass, by being named."""
        return reach.remembered((self.pk, permission), lambda: self._scope(permission))

    def _with(self, permission: Permission) -> list[Held]:
        if not self.is_active:
            return []
        granted = roles_with(permission)
        return [
            one for one in self.held if one.role in granted and (not one.permissions or permission in one.permissions)
        ]

    def _scope(self, permission: Permission) -> Scope:
        far = [(one, reach_of(Role(one.role), permission)) for one in self._with(permission)]
        if not far:
            return Scope(user_id=self.pk)
        near = reach.near(self.pk)
        own = near.own if any(how in (Reach.TEAM, Reach.OWN) for _, how in far) else reach.NO_ONE
        opened = near.opened if permission in OPENS else reach.NO_ONE
        return Scope(
            sites=frozenset(one.site for one, how in far if how is Reach.SITE),
            team_sites=frozenset(one.site for one, how in far if how is Reach.TEAM),
            clients=(own - near.hidden) | opened | near.named,
            user_id=self.pk,
            windows=tuple(
                Window(one.site, one.first, one.last) for one, how in far if how is Reach.PERIOD and one.first
            ),
            hidden=near.hidden,
        )


def _today(zone: str) -> date:
    return timezone.now().astimezone(ZoneInfo(zone)).date()


class Membership(models.Model):
    """One role at one site; where it has limits, until which day, for which days of care, for which permissions.

    A trainee has a supervisor. An outside auditor has a last day and the days the audit is about.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=[(role, role.value) for role in Role])
    until = models.DateField(null=True)
    period_from = models.DateField(null=True)
    period_until = models.DateField(null=True)
    permissions = models.JSONField(default=list)
    supervisor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "site", "role"], name="access_membership_once"),
            models.CheckConstraint(
                condition=~models.Q(role="auditor")
                | models.Q(until__isnull=False, period_from__isnull=False, period_until__isnull=False),
                name="access_membership_auditor_ends",
            ),
            models.CheckConstraint(
                condition=models.Q(period_from=None)
                | models.Q(period_until=None)
                | models.Q(period_from__lte=models.F("period_until")),
                name="access_membership_period_makes_sense",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} at {self.site_id}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by who sent them where, and by whether they still wait."""

    def visible_to(self, by: Actor) -> "InvitationQuerySet":
        return self.filter(site_id__in=by.sites_with(Permission.ACCOUNTS_MANAGE))

    def waiting(self) -> "InvitationQuerySet":
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(models.Model):
    """The only way to an account: a one-time link for one address, kept as a fingerprint."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=200)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=[(role, role.value) for role in Role])
    token_digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.id)

    def state_at(self, now: datetime) -> InvitationState:
        return invitation_state(Times(self.expires_at, self.accepted_at, self.withdrawn_at), now)


class TableSigning(models.Model):
    """The table of permissions and reach, signed as it was that day; never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    table_hash = models.CharField(max_length=64)
    table = models.TextField()
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_as = models.CharField(max_length=200)
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ("-signed_at",)
        constraints = [models.CheckConstraint(condition=~models.Q(signed_as=""), name="access_table_signed_by_name")]

    def __str__(self) -> str:
        return self.table_hash[:12]
