"""Change the keys while the program is being served; whoever is interrupted calls again and goes on."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from daybridge.access import second_steps
from daybridge.access.models import Program
from daybridge.audit import ledger
from daybridge.kit.errors import CannotRun, Refused
from daybridge.vault import keyring, resealing, rotating

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Rotated:
    """What was done: the key all is sealed with now, how many values were resealed, and whether it was a second try."""

    key: int
    resealed: int
    went_on: bool


def data_key(*, by: ledger.Actor, at: datetime, on_progress: Callable[[int, int], None] | None = None) -> Rotated:
    """Make a new data key and seal everything with it; or, when an earlier rotation was interrupted, finish that one.

    Nobody waits: both keys are known meanwhile. Raises CannotRun while another rotation runs.
    """
    with _alone():
        ring = keyring.ring()
        number = ring.current if ring.is_unfinished else rotating.new_data_key()
        if not ring.is_unfinished:
            ledger.record("keys.rotate", Program(id=1), by=by, at=at, key=number)
        resealed = _everything(on_progress)
        rotating.finish()
        ledger.record("keys.resealed", Program(id=1), by=by, at=at, key=number, values=resealed)
        return Rotated(number, resealed, ring.is_unfinished)


def _everything(on_progress: Callable[[int, int], None] | None) -> int:
    """Again until nothing waits: what was being sealed when the key changed comes in a little later."""
    resealed = 0
    for _ in range(ROUNDS):
        resealed += resealing.reseal(on_progress) + second_steps.reseal()
        if not resealing.waiting() and not second_steps.waiting():
            return resealed
    raise Refused("Something is still being sealed with the earlier key. Run it once more.")


def master_key(*, by: ledger.Actor, at: datetime) -> None:
    """Close the data keys with a new master key. Nothing is resealed. Raises CannotRun while another rotation runs."""
    with _alone():
        rotating.new_master_key()
        ledger.record("keys.master", Program(id=1), by=by, at=at)


@contextmanager
def _alone() -> Iterator[None]:
    with (Path(settings.HOME) / "rotate.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotRun("The keys are being changed already.") from None
        yield
