"""The permission table, for the page the privacy officer signs and for the document."""

from dataclasses import dataclass

from daybridge.access.rules import GRANTS, ROLES, SENTENCES, Permission, Role


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


def permission_table_markdown() -> str:
    """The same table as Markdown; docs/permissions.md is exactly this."""
    roles = [ROLES[role][0] for role in Role]
    head = f"| What | {' | '.join(roles)} |\n| --- |{' :-: |' * len(roles)}\n"
    rows = [
        f"| {row.sentence} `{row.id}` | {' | '.join('yes' if held else '' for _, held in row.granted)} |"
        for row in permission_table()
    ]
    meaning = "\n".join(f"- **{words}** (`{role}`): {sentence}" for role, (words, sentence) in ROLES.items())
    return (
        "# Who may do what\n\n"
        "Written from `daybridge/access/rules.py` by `access.queries.permission_table_markdown()`; a test compares.\n"
        "A role counts at the sites where a person has it. What is not granted here is refused, and answers as if\n"
        "it did not exist (42 CFR 2.13(c)).\n\n"
        f"{meaning}\n\n{head}" + "\n".join(rows) + "\n"
    )
