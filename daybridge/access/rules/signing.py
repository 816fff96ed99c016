"""The table of permissions and reach as one text, and its fingerprint: what the privacy officer signs. Pure."""

import hashlib

from daybridge.access.rules.reach import REACH
from daybridge.access.rules.roles import ROLES, Role
from daybridge.access.rules.table import GRANTS, SENTENCES, Permission
from daybridge.kit.errors import Refused


def table_text() -> str:
    """Who may do what, to whom, in one order; any change of a grant, a reach or a sentence changes it."""
    lines = [f"role {role}: {' - '.join(ROLES[role])}" for role in Role]
    for permission in Permission:
        lines.append(f"{permission}: {SENTENCES[permission]} [{', '.join(sorted(GRANTS[permission]))}]")
    for role, row in REACH.items():
        lines.append(f"reach {role}: {', '.join(f'{purpose}={how}' for purpose, how in row.items())}")
    return "\n".join(lines)


def table_hash() -> str:
    """The fingerprint of the table as it is in force."""
    return hashlib.sha256(table_text().encode()).hexdigest()


def check_signature(typed: str, name: str) -> None:
    """Raise Refused unless somebody typed their own name."""
    if " ".join(typed.split()).casefold() != " ".join(name.split()).casefold():
        raise Refused("Type your own name, as your account says it, to sign.")
