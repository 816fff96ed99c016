"""The key files: one master key, and the data keys it wraps. Made at first use, readable by their owner only."""

import fcntl
import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from daybridge.kit.errors import CannotRun

NONCE = 12


def folder() -> Path:
    return Path(settings.HOME) / "keys"


def _stamp(path: Path | str) -> tuple[int, int]:
    """Which writing of a file this is: a file that was put in its place is read again."""
    found = os.stat(path)
    return found.st_mtime_ns, found.st_ino


@lru_cache(maxsize=64)
def _read(path: str, stamp: tuple[int, int]) -> bytes:
    return bytes.fromhex(Path(path).read_text(encoding="ascii").strip())


def named(name: str) -> bytes:
    """A 32-byte key kept in its own file, for one purpose: "ledger.key", "match.key"."""
    path = f"{settings.HOME}/keys/{name}"  # asked for with every line of the ledger
    try:
        return _read(path, _stamp(path))
    except FileNotFoundError:
        write_once(Path(path), secrets.token_hex(32))
        return _read(path, _stamp(path))


def write_once(path: Path, text: str) -> None:
    """Create a private file; if another process was first, keep its file."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


@contextmanager
def held(*, exclusive: bool = False) -> Iterator[None]:
    """Hold the key files still: while they are copied together, or (exclusive) while they are put in place anew."""
    with (Path(settings.HOME) / "keys.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)
        yield


def replace(path: Path, text: str) -> None:
    """Put a private file in the place of another, whole and at once."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def wrap(master: bytes, number: int, key: bytes) -> str:
    """A data key as it is kept: encrypted by the master key, bound to its number."""
    nonce = secrets.token_bytes(NONCE)
    return b64encode(nonce + AESGCM(master).encrypt(nonce, key, str(number).encode())).decode()


def unwrap(master: bytes, number: int, wrapped: str) -> bytes:
    """The data key inside; InvalidTag when another master key closed it."""
    blob = b64decode(wrapped)
    return AESGCM(master).decrypt(blob[:NONCE], blob[NONCE:], str(number).encode())


class Ring(NamedTuple):
    """The data keys by number, which one is current, and whether words still wait to be sealed with it."""

    current: int
    keys: dict[int, bytes]
    is_unfinished: bool


def ring() -> Ring:
    """The data keys as they are now; made at first use."""
    path = folder() / "data.json"
    try:
        return _opened(path, _stamp(path))
    except FileNotFoundError:
        write_once(
            path, json.dumps({"current": 1, "keys": {"1": wrap(named("master.key"), 1, secrets.token_bytes(32))}})
        )
        return _opened(path, _stamp(path))


@lru_cache(maxsize=8)
def _opened(path: Path, stamp: tuple[int, int]) -> Ring:
    for is_last in (False, True):  # a master key may be changed between reading the one file and the other
        master, stored = named("master.key"), json.loads(path.read_text(encoding="ascii"))
        try:
            return _unwrapped(master, stored)
        except InvalidTag:
            if is_last:
                break
    raise CannotRun("The key files do not belong together: keys/master.key cannot open keys/data.json.")


def _unwrapped(master: bytes, stored: dict) -> Ring:
    """While the master key is being changed, each data key is kept twice: closed by the new one, and by the old."""
    for closed in (stored["keys"], stored.get("before", {})):
        try:
            keys = {int(number): unwrap(master, int(number), wrapped) for number, wrapped in closed.items()}
        except InvalidTag:
            continue
        if keys:
            return Ring(stored["current"], keys, bool(stored.get("unfinished")))
    raise InvalidTag


def current() -> tuple[int, bytes]:
    """The number and bytes of the data key that new words are sealed with."""
    found = ring()
    return found.current, found.keys[found.current]


def data_key(number: int) -> bytes:
    """The data key of that number; CannotRun when this home does not hold it."""
    keys = ring().keys
    if number not in keys:
        raise CannotRun("A record was sealed with a key that this home does not hold.")
    return keys[number]


def forget() -> None:
    """Read the key files again at next use (after a restore, and between tests)."""
    _read.cache_clear()
    _opened.cache_clear()
