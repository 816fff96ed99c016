"""What can be said no to. Every message is one plain sentence, safe to show, without client data."""

from dataclasses import dataclass


class DaybridgeError(Exception):
    """An anticipated failure. `template` is the translatable sentence, `params` fill its {braces}."""

    def __init__(self, template: str, **params: object) -> None:
        super().__init__(template, params)
        self.template = template
        self.params = params

    def __str__(self) -> str:
        return self.template.format(**self.params) if self.params else self.template


class NotAllowed(DaybridgeError):
    """The person has no permission for this act on this record."""


class IllegalMove(DaybridgeError):
    """The record's state does not allow this move."""


class Refused(DaybridgeError):
    """A rule says no."""


class Stale(DaybridgeError):
    """Somebody else changed the record since it was read."""


class CannotRun(DaybridgeError):
    """The machine, not the input, is at fault (no database, no key, no permission): exit code 2."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of an input: where it is (JSON path, line or field) and what is wrong, in a sentence."""

    path: str
    message: str


class BadInput(DaybridgeError):
    """The input cannot be taken; `problems` lists every fault found."""

    def __init__(self, template: str, problems: tuple[Problem, ...] = (), **params: object) -> None:
        super().__init__(template, **params)
        self.problems = problems
