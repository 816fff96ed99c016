"""Collects problems and warnings while a packet is read; a packet with a problem is refused whole."""

from daybridge.kit.errors import BadInput, Problem

MOST_SHOWN = 50


class Report:
    """Every fault found, in the order found. Only the first fifty are kept; the rest are counted."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []
        self._warnings: dict[str, None] = {}
        self._more = 0

    def problem(self, path: str, message: str) -> None:
        if len(self._problems) < MOST_SHOWN:
            self._problems.append(Problem(path, message))
        else:
            self._more += 1

    def warn(self, message: str) -> None:
        self._warnings[message] = None

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(self._warnings)

    def stop_if_bad(self) -> None:
        """Raise BadInput with everything found so far, if anything was."""
        if not self._problems:
            return
        count = len(self._problems) + self._more
        more = (Problem("", f"And {self._more} more of the same kind."),) if self._more else ()
        if count == 1:
            raise BadInput(self._problems[0].message, tuple(self._problems))
        raise BadInput(
            "This packet has {count} problems, so nothing was taken from it. The first: {first}",
            (*self._problems, *more),
            count=count,
            first=self._problems[0].message,
        )


def refuse(path: str, message: str) -> BadInput:
    """A refusal with one problem, to be raised."""
    return BadInput(message, (Problem(path, message),))
