"""One check for every table of moves."""

from collections.abc import Mapping, Set
from enum import StrEnum
from typing import TypeVar

from daybridge.kit.errors import IllegalMove

State = TypeVar("State", bound=StrEnum)


def check_move(moves: Mapping[State, Set[State]], old: State, new: State) -> None:
    """Raise IllegalMove unless `moves` allows `old` to become `new`."""
    if new not in moves[old]:
        raise IllegalMove("“{old}” cannot become “{new}”.", old=str(old), new=str(new))


def diagram(title: str, moves: Mapping[State, Set[State]]) -> str:
    """The table of moves as a Mermaid state diagram in Markdown, for docs/states/."""
    lines = [f"# {title}", "", "```mermaid", "stateDiagram-v2"]
    for old in moves:
        for new in sorted(moves[old], key=str):
            lines.append(f"    {_node(old)} --> {_node(new)}")
        if not moves[old]:
            lines.append(f"    {_node(old)} --> [*]")
    return "\n".join([*lines, "```", ""])


def _node(state: StrEnum) -> str:
    return str(state).replace("-", "_").replace(" ", "_")
