"""Which clients an actor reaches, as a condition on any record that leads to one. Every room's `visible_to` is this."""

from django.db.models import Q

from daybridge.access.reach import Scope
from daybridge.access.rules import Permission

NOBODY = Q(pk__in=())


def clients_within(by, permission: Permission, path: str = "", *, site: str = "", also: Q | None = None) -> Q:
    """The records whose client `by` reaches for `permission`.

    `path` leads to the client ("" on Client itself, else "client", "episode__client"); `site` to the record's site
    where it has one of its own. `also` widens the reach (a session one leads), but never to a hidden record.
    """
    return reached(by.scope(permission), path, site=site, also=also)


def reached(scope: Scope, path: str = "", *, site: str = "", also: Q | None = None) -> Q:
    """The same for a scope already known."""
    client, place = path or "pk", site or (f"{path}__site" if path else "site")
    wide = Q(**{f"{place}__in": scope.sites}) if scope.sites else NOBODY
    if also is not None:
        wide |= also
    if scope.clients:
        wide |= Q(**{f"{client}__in": scope.clients})
    return wide


def led(by) -> Q:
    """Lines of sessions that `by` leads or stood in for: whoever led a group reads its roll and its note."""
    user_id = by.scope(Permission.ROLL_SEE).user_id
    return Q(session__lead__user=user_id) if user_id else NOBODY
