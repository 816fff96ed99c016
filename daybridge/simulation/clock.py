"""The simulated clock: what happens next, in order, until now. Pure."""

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count


class Clock:
    """A queue of things to happen. Equal times keep the order in which they were asked for."""

    def __init__(self, start: datetime, end: datetime) -> None:
        self.now = start
        self.end = end
        self._queue: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = count()

    def at(self, when: datetime, happening: Callable[[], None]) -> None:
        """Let `happening` take place at `when`; what lies past the end never does, what lies behind happens next."""
        if when < self.end:
            heapq.heappush(self._queue, (max(when, self.now), next(self._order), happening))

    def run(self, on_day: Callable[[datetime], None]) -> None:
        """Live through the queue; `on_day` is told when a new day begins."""
        day = None
        while self._queue:
            self.now, _place, happening = heapq.heappop(self._queue)
            if self.now.date() != day:
                day = self.now.date()
                on_day(self.now)
            happening()
