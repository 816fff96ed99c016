"""The permission table, for the page the privacy officer signs and for the document."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from daybridge.access.models import Actor, TableSigning
from daybridge.access.rules import (
    GRANTS,
    PURPOSES,
    REACH_WORDS,
    ROLES,
    SENTENCES,
    TOUCH_NOBODY,
    Permission,
    Purpose,
    Role,
    table_hash,
    widest,
)


@dataclass(frozen=True, slots=True)
class PermissionRow:
    """One permission: its name, its sentence, and a yes or no for every role in order."""

    id: str
    sentence: str
    granted: tuple[tuple[str, bool], ...]


def permission_table() -> list[PermissionRow]:
    """The whole table, in the order it is written."""
    return [
        PermissionRow(
            str(permission),
            SENTENCES[permission],
            tuple((ROLES[role][0], role in GRANTS.get(permission, frozenset())) for role in Role),
        )
        for permission in Permission
    ]


@dataclass(frozen=True, slots=True)
class PermissionGroup:
    """The permissions that serve one purpose, under its words."""

    words: str
    rows: tuple[PermissionRow, ...]


def permission_groups() -> list[PermissionGroup]:
    """The whole table by what a permission is for; last, what touches no client's record."""
    rows = {row.id: row for row in permission_table()}
    some = [(words, permissions) for words, permissions in PURPOSES.values()]
    groups = [*some, (_("Their own work, and running the program"), TOUCH_NOBODY)]
    return [
        PermissionGroup(words, tuple(rows[one] for one in rows if one in permissions)) for words, permissions in groups
    ]


@dataclass(frozen=True, slots=True)
class ReachRow:
    """One purpose: its words and, for every role in order, how far it goes ("" where the role does nothing of it)."""

    words: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """How the table stands: its fingerprint, whether it is signed as it is, and by whom it was signed last."""

    hash: str
    is_current: bool
    signed_as: str
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Due:
    """A line for Today."""

    title: str
    reason: str
    url: str
    due: datetime


def reach_table() -> list[ReachRow]:
    """Purpose by role, in words."""
    return [
        ReachRow(words, tuple(_far(role, purpose) for role in Role)) for purpose, (words, _some) in PURPOSES.items()
    ]


def _far(role: Role, purpose: Purpose) -> str:
    far = widest(role, purpose)
    return REACH_WORDS[far][0] if far else ""


def signature() -> Signature:
    """Whether the table in force is the one signed last."""
    last = TableSigning.objects.first()
    now = table_hash()
    if last is None:
        return Signature(now, False, "", None)
    return Signature(now, last.table_hash == now, last.signed_as, last.signed_at)


def signing_due(*, by: Actor, at: datetime) -> list[Due]:
    """A line for whoever signs, while the table in force is not signed."""
    if not by.sites_with(Permission.PERMISSIONS_SIGN) or (stands := signature()).is_current:
        return []
    why = _("it changed since it was signed") if stands.signed_at else _("it was never signed")
    return [Due(_("Sign who may do what"), why, reverse("access:permissions"), at)]


def permission_table_markdown() -> str:
    """The whole table as Markdown; docs/permissions.md is exactly this."""
    roles = [ROLES[role][0] for role in Role]
    head = f"| What | {' | '.join(roles)} |\n| --- |{' :-: |' * len(roles)}\n"
    rows = [
        f"| {row.sentence} `{row.id}` | {' | '.join('yes' if held else '' for _role, held in row.granted)} |"
        for row in permission_table()
    ]
    meaning = "\n".join(f"- **{words}** (`{role}`): {sentence}" for role, (words, sentence) in ROLES.items())
    return (
        "# Who may do what\n\n"
        "Written from `daybridge/access/rules/` by `access.queries.permission_table_markdown()`; a test compares.\n"
        "A role counts at the sites where a person has it. What is not granted here is refused, and answers as if\n"
        "it did not exist (42 CFR 2.13(c)).\n\n"
        f"{meaning}\n\n{head}" + "\n".join(rows) + "\n\n" + _reach_markdown(roles)
    )


def _reach_markdown(roles: list[str]) -> str:
    head = f"| What for | {' | '.join(roles)} |\n| --- |{' --- |' * len(roles)}\n"
    rows = "\n".join(f"| {row.words} | {' | '.join(row.cells)} |" for row in reach_table())
    meaning = "\n".join(f"- **{words}**: {sentence}" for words, sentence in REACH_WORDS.values())
    return (
        "## For which clients\n\n"
        "A hidden record is reached by its named team only, whatever this table says. A record opened in need is\n"
        "read for an hour by whoever opened it, with a reason, and reviewed.\n\n"
        f"{meaning}\n\n{head}{rows}\n"
    )
