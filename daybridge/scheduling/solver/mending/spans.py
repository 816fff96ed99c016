"""Availability before and after a moment: cut, joined, merged. Windows of one day never touch or overlap."""

from collections.abc import Iterable

from daybridge.scheduling.solver.mending.events import Moment
from daybridge.scheduling.solver.model import Window

LAST = 1440
"""The last minute of a day."""


def merged(windows: Iterable[Window]) -> tuple[Window, ...]:
    """The same minutes in as few windows as possible, in order."""
    out: list[Window] = []
    for window in sorted(w for w in windows if w.start < w.end):
        if out and out[-1].day == window.day and window.start <= out[-1].end:
            out[-1] = Window(window.day, out[-1].start, max(out[-1].end, window.end))
        else:
            out.append(window)
    return tuple(out)


def before(windows: Iterable[Window], now: Moment) -> list[Window]:
    """What of the windows lies before the moment."""
    day, minute = now
    return [w if w.day < day else w._replace(end=min(w.end, minute)) for w in windows if w.day <= day]


def after(windows: Iterable[Window], now: Moment) -> list[Window]:
    """What of the windows lies at the moment or later."""
    day, minute = now
    return [w if w.day > day else w._replace(start=max(w.start, minute)) for w in windows if w.day >= day]


def without(windows: Iterable[Window], taken: Iterable[Window]) -> tuple[Window, ...]:
    """The windows less the minutes taken."""
    left = list(windows)
    for day, start, end in taken:
        rest: list[Window] = []
        for window in left:
            if window.day != day:
                rest.append(window)
            else:
                rest += [window._replace(end=min(window.end, start)), window._replace(start=max(window.start, end))]
        left = rest
    return merged(left)


def from_now(old: Iterable[Window], new: Iterable[Window], now: Moment) -> tuple[Window, ...]:
    """The old windows until now, the new ones from then on."""
    return merged([*before(old, now), *after(new, now)])


def away(windows: Iterable[Window] | None, days: Iterable[int] | None, now: Moment) -> tuple[Window, ...]:
    """The time an absence or closure takes from now on: these windows, these days, or all the rest of the week."""
    if windows is None:
        windows = (Window(day, 0, LAST) for day in (range(7) if days is None else days))
    return merged(after(windows, now))
