"""What goes on Today, for whom and in which order. Pure."""

from daybridge.access.rules import Role

MOST = 7  # rows of one list; more are behind its link (ui.md, section 4)

CALLS, NOTES, HOURS, WAITING = "calls", "notes", "hours", "waiting"
PRIVACY, RENEWALS, PURGES = "privacy", "renewals", "purges"

ORDER: dict[Role, tuple[str, ...]] = {
    Role.INTAKE: (WAITING, CALLS, RENEWALS, HOURS),
    Role.DIRECTOR: (HOURS, WAITING, NOTES, CALLS, PURGES),
    Role.COUNSELOR: (CALLS, NOTES, HOURS, RENEWALS, WAITING),
    Role.NURSE: (CALLS, HOURS, WAITING, NOTES),
    Role.CASE_MANAGER: (CALLS, RENEWALS, HOURS, WAITING),
    Role.PEER: (CALLS, HOURS),
    Role.BILLER: (HOURS,),
    Role.PRIVACY_OFFICER: (PRIVACY,),
}


def lists_for(roles: frozenset[Role]) -> tuple[str, ...]:
    """The lists of a person's Today: those of each role they have, the first role's order first."""
    found: list[str] = []
    for role in Role:
        if role in roles:
            found += [name for name in ORDER.get(role, ()) if name not in found]
    return tuple(found)
