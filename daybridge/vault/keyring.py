"""The key files: one master key, and the data keys it wraps. Made at first use, readable by their owner only."""

import json
import os
import secrets
from base64 import b64decode, b64encode
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from daybridge.kit.errors import CannotRun

NONCE = 12


def folder() -> Path:
    return Path(settings.HOME) / "keys"


@cache
def _named(path: Path) -> bytes:
    if not path.exists():
        write_once(path, secrets.token_hex(32))
    return bytes.fromhex(path.read_text(encoding="ascii").strip())


def named(name: str) -> bytes:
    """A 32-byte key kept in its own file, for one purpose: "ledger.key", "match.key"."""
    return _named(folder() / name)


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


@cache
def _ring(path: Path) -> tuple[int, dict[int, bytes]]:
    master = AESGCM(named("master.key"))
    if not path.exists():
        nonce = secrets.token_bytes(NONCE)
        wrapped = b64encode(nonce + master.encrypt(nonce, secrets.token_bytes(32), b"1")).decode()
        write_once(path, json.dumps({"current": 1, "keys": {"1": wrapped}}))
    stored = json.loads(path.read_text(encoding="ascii"))
    keys = {}
    for number, wrapped in stored["keys"].items():
        blob = b64decode(wrapped)
        try:
            keys[int(number)] = master.decrypt(blob[:NONCE], blob[NONCE:], number.encode())
        except InvalidTag:
            raise CannotRun(
                "The key files do not belong together: keys/master.key cannot open keys/data.json."
            ) from None
    return stored["current"], keys


def current() -> tuple[int, bytes]:
    """The number and bytes of the data key that new words are sealed with."""
    number, keys = _ring(folder() / "data.json")
    return number, keys[number]


def data_key(number: int) -> bytes:
    """The data key of that number; CannotRun when this home does not hold it."""
    keys = _ring(folder() / "data.json")[1]
    if number not in keys:
        raise CannotRun("A record was sealed with a key that this home does not hold.")
    return keys[number]


def forget() -> None:
    """Read the key files again at next use (after a restore, and between tests)."""
    _named.cache_clear()
    _ring.cache_clear()
