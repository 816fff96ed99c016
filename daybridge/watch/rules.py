"""What goes on Today, for whom and in which order. Pure."""

from daybridge.access.rules import Role

MOST = 7  # rows of one list; more are behind its link (ui.md, section 4)

CALLS, NOTES, HOURS, WAITING = "calls", "notes", "hours", "waiting"
PRIVACY, RENEWALS, PURGES = "privacy", "renewals", "purges"
LIVES, CREDENTIALS = "lives", "credentials"

ORDER: dict[Role, tuple[str, ...]] = {
    Role.INTAKE: (WAITING, CALLS, LIVES, RENEWALS, HOURS),
    Role.DIRECTOR: (HOURS, WAITING, NOTES, CALLS, LIVES, CREDENTIALS, PURGES),
    Role.COUNSELOR: (CALLS, LIVES, NOTES, HOURS, RENEWALS, WAITING, CREDENTIALS),
    Role.NURSE: (CALLS, LIVES, HOURS, WAITING, NOTES, CREDENTIALS),
    Role.CASE_MANAGER: (CALLS, LIVES, RENEWALS, HOURS, WAITING, CREDENTIALS),
    Role.PEER: (CALLS, HOURS, CREDENTIALS),
    Role.BILLER: (HOURS,),
    Role.PRIVACY_OFFICER: (PRIVACY,),
    Role.ADMINISTRATOR: (PRIVACY,),
}


def lists_for(roles: frozenset[Role]) -> tuple[str, ...]:
    """The lists of a person's Today: those of each role they have, the first role's order first."""
    found: list[str] = []
    for role in Role:
        if role in roles:
            found += [name for name in ORDER.get(role, ()) if name not in found]
    return tuple(found)
