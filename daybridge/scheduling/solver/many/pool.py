"""Every part solved: one after the other, or side by side in processes of their own, the worst gap again."""

import multiprocessing
import queue
import signal
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from daybridge.scheduling.solver.many.job import NOTHING_PROVED, Job, Order, State, run
from daybridge.scheduling.solver.model import Problem

POLL = 0.2
"""Seconds between two looks at what the processes say."""
AGAIN = 6.0
"""With less time left than this no part is taken up again."""


@dataclass(slots=True)
class Field:
    """All parts, how far each is, and the clock. `seconds` None: no clock, only rounds."""

    parts: list[Problem]
    states: list[State]
    order: Order
    processes: int
    heard: Callable[[int, State], None]
    cancelled: Callable[[], bool]
    began: float = field(default_factory=time.monotonic)

    def left(self) -> float:
        """Seconds left for everything."""
        return 0.0 if self.order.seconds is None else self.order.seconds - (time.monotonic() - self.began)

    def share(self, waiting: int) -> Order:
        """The order for the next part when so many still wait, itself included."""
        if self.order.seconds is None:
            return self.order
        turns = -(-waiting // self.processes)
        return replace(self.order, seconds=max(0.0, self.left()) / max(1, turns))

    def hear(self, number: int, state: State) -> None:
        """Keep the better of what is known and what is told."""
        mine = self.states[number]
        best = min(mine, state, key=lambda one: one.rank)
        able = state.able if mine.able == NOTHING_PROVED else mine.able
        self.states[number] = replace(best, bound=max(mine.bound, state.bound), able=able)
        self.heard(number, self.states[number])

    def worst(self) -> list[int]:
        """Parts that could still gain, the largest gap first."""
        open_ = [n for n, state in enumerate(self.states) if state.cost - state.bound > self.order.gap * state.cost]
        return sorted(open_, key=lambda n: (self.states[n].bound - self.states[n].cost, n))


def solve_parts(ground: Field) -> None:
    """Solve every part as far as time goes; the states are then the best known."""
    alone = ground.processes <= 1 or multiprocessing.current_process().daemon
    turn = _one_by_one if alone else _side_by_side
    turn(ground, _first_turn(ground, alone))
    while ground.order.seconds is not None and ground.left() > AGAIN and not ground.cancelled():
        waiting = ground.worst()
        if not waiting:
            return
        ground.order = replace(ground.order, seed=ground.order.seed + 1000, again=True)
        turn(ground, waiting[: max(ground.processes, int(ground.left() * ground.processes / AGAIN / 5))])


def _first_turn(ground: Field, alone: bool) -> list[int]:
    """Every part once, the largest first; parts fewer than processes are tried with several seeds."""
    order = sorted(range(len(ground.parts)), key=lambda n: (-len(ground.parts[n].clients), n))
    spare = 1 if alone or ground.order.seconds is None or ground.order.seconds < 2 * AGAIN else ground.processes
    return order * max(1, spare // max(1, len(order)))


def _one_by_one(ground: Field, waiting: list[int]) -> None:
    for place, number in enumerate(waiting):
        late = place > 0 and ground.order.seconds is not None and ground.left() <= 0
        if ground.cancelled() or late:
            return
        order, report = ground.share(len(waiting) - place), partial(ground.hear, number)
        run(Job(ground.parts[number], order, report, ground.cancelled, ground.states[number]))


def _side_by_side(ground: Field, waiting: list[int]) -> None:
    context = multiprocessing.get_context("spawn")
    told, halt = context.Queue(), context.Event()
    with ProcessPoolExecutor(ground.processes, context, _remember, (told, halt)) as pool:
        running: dict[Future[State], int] = {}
        ahead = list(waiting)
        while ahead or running:
            while ahead and len(running) < ground.processes and not ground.cancelled():
                number = ahead.pop(0)
                order = ground.share(len(ahead) + len(running) + 1)
                order = replace(order, seed=order.seed + 100 * sum(1 for n in running.values() if n == number))
                running[pool.submit(_work, number, ground.parts[number], order, ground.states[number])] = number
            if ground.cancelled():
                halt.set()
            if ground.cancelled() or (ground.order.seconds is not None and ground.left() <= 0):
                ahead = []
            done, _ = wait(running, POLL, FIRST_COMPLETED)
            _listen(ground, told)
            for one in done:
                ground.hear(running.pop(one), one.result())


def _listen(ground: Field, told: Any) -> None:
    while True:
        try:
            number, state = told.get_nowait()
        except queue.Empty:
            return
        ground.hear(number, state)


_here: dict[str, Any] = {}


def _remember(told: Any, halt: Any) -> None:
    """Runs once in every process: how to tell the parent, and how to hear that all is over."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then says so
    _here.update(told=told, halt=halt)


def _work(number: int, problem: Problem, order: Order, state: State) -> State:
    return run(Job(problem, order, lambda news: _here["told"].put((number, news)), _here["halt"].is_set, state))
