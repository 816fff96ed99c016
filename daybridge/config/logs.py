"""Process logs without words of a record: what failed and where, never what an error says."""

import logging
import traceback
from types import TracebackType

# A handler that cannot write (its stream is closed, its disk is full) would print the words of the error it was given.
logging.raiseExceptions = False

Failure = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Wordless(logging.Formatter):
    """Errors as their class and the way through the code. A database names the values it refused; this does not."""

    def formatException(self, ei: Failure) -> str:
        """The chain of causes, the first one first, each with its frames and without its words."""
        lines: list[str] = []
        for error in reversed(chain(ei[1])):
            frames = traceback.extract_tb(error.__traceback__)
            lines += [f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}' for frame in frames]
            lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
        return "\n".join(lines)

    def formatStack(self, stack_info: str) -> str:
        """Nothing: a stack shows lines of code only, but its writer may add to it."""
        return ""


def chain(error: BaseException | None) -> list[BaseException]:
    """The error and what caused it."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found
