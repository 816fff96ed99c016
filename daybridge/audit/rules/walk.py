"""Walking along a chain, link by link, in pieces; what does not fit is noted and the walk goes on. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from daybridge.audit.rules.lines import GENESIS, Link

MOST = 60  # notes after which there is no need to go on


class End(NamedTuple):
    """A place in the chain: the number of a link and its mark. The beginning is (0, "")."""

    seq: int = 0
    mac: str = GENESIS


class Note(NamedTuple):
    """Something that does not fit: the link, the place it was expected in, and whether its own mark is right."""

    link: Link
    expected: int
    is_sound: bool


START = End()


@dataclass(slots=True)
class Walk:
    """A walk from `end` onwards. `first` is the mark the first link hangs on, for joining pieces walked apart."""

    key: bytes
    end: End = START
    count: int = 0
    notes: list[Note] = field(default_factory=list)
    trusted: bool = True

    def over(self, links: Iterable[Link]) -> "Walk":
        """Walk on over `links`, which come in the order of their numbers."""
        for one in links:
            self._step(one)
            if len(self.notes) >= MOST:
                break
        return self

    def _step(self, one: Link) -> None:
        expected, seq = self.end.seq + 1, one.line.seq
        is_sound = one.is_sound(self.key)
        hangs = one.previous == self.end.mac or not self.trusted
        if not is_sound or seq != expected or not hangs:
            self.notes.append(Note(one, expected, is_sound))
        self.count += 1
        self.trusted = is_sound
        self.end = End(seq, one.mac)

    @property
    def is_full(self) -> bool:
        return len(self.notes) >= MOST
