"""New keys while the program is being served: a new data key, or a new master key around the same data keys.

Every reader looks at the key files again when they were put in place anew, so both old and new are known at every
moment; whatever is interrupted can be called again.
"""

import json
import secrets

from daybridge.vault import keyring
from daybridge.vault.keyring import Ring


def new_data_key() -> int:
    """Make a new data key current; its number. Words sealed before stay readable and wait to be resealed."""
    ring = keyring.ring()
    number = max(ring.keys) + 1
    with keyring.held(exclusive=True):
        _write(Ring(number, ring.keys | {number: secrets.token_bytes(32)}, is_unfinished=True))
    return number


def finish() -> None:
    """Say that everything is sealed with the current key. Earlier keys stay in the ring, so that nothing is lost."""
    ring = keyring.ring()
    with keyring.held(exclusive=True):
        _write(ring._replace(is_unfinished=False))


def new_master_key() -> None:
    """Close the data keys with a new master key; the old one opens nothing any more.

    Three steps, each a whole file put in place: data keys closed by both; the new master key; data keys closed by it
    alone. Between any two of them either master key file belongs to the data keys.
    """
    ring, old = keyring.ring(), keyring.named("master.key")
    new = secrets.token_bytes(32)
    with keyring.held(exclusive=True):
        _write(ring, master=new, before=old)
        keyring.replace(keyring.folder() / "master.key", new.hex())
        _write(ring, master=new)


def _write(ring: Ring, *, master: bytes | None = None, before: bytes | None = None) -> None:
    stored = {"current": ring.current, "keys": _closed(ring, master or keyring.named("master.key"))}
    if before is not None:
        stored["before"] = _closed(ring, before)
    if ring.is_unfinished:
        stored["unfinished"] = True
    keyring.replace(keyring.folder() / "data.json", json.dumps(stored))


def _closed(ring: Ring, master: bytes) -> dict[str, str]:
    return {str(number): keyring.wrap(master, number, key) for number, key in ring.keys.items()}
