"""Who is there at the same time."""

from collections.abc import Iterable


def cliques(items: Iterable[tuple[int, int, int]]) -> list[tuple[int, list[int]]]:
    """At every start, who is there; sets inside others left out."""
    rows = list(items)
    out: list[tuple[int, list[int]]] = []
    for start in sorted({a for a, _, _ in rows}):
        meeting = [one for a, b, one in rows if a <= start < b]
        if out and set(out[-1][1]) <= set(meeting):
            out.pop()
        out.append((start, meeting))
    return out
