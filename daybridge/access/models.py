"""Sites, users and what role a user has where."""

from datetime import datetime
from typing import ClassVar, Protocol
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.functional import cached_property

from daybridge.access.reach import Scope
from daybridge.access.rules import InvitationState, Permission, Role, Times, invitation_state, roles_with
from daybridge.kit.ids import new_id


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
    def places(self) -> tuple[tuple[str, "models.UUIDField"], ...]:
        """(role, site id) pairs, read once per request."""
        return tuple(self.memberships.values_list("role", "site_id"))

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(Role(role) for role, _ in self.places)

    def sites_with(self, permission: Permission) -> frozenset:
        """The ids of the sites where this person holds the permission."""
        if not self.is_active:
            return frozenset()
        granted = roles_with(permission)
        return frozenset(site for role, site in self.places if role in granted)

    def scope(self, permission: Permission) -> Scope:
        """Which clients this permission reaches."""
        return Scope(sites=self.sites_with(permission), user_id=self.pk)


class Membership(models.Model):
    """One role at one site."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=[(role, role.value) for role in Role])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "site", "role"], name="access_membership_once")]

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
