"""The second lock: on PostgreSQL the database itself shows a request only the rows its identity reaches."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def as_system(why: str) -> Iterator[None]:
    """Work of the program itself inside somebody's request: counting seats, finding duplicates. `why` says which."""
    yield
