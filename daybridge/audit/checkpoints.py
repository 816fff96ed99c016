"""Signed checkpoints: small files that say "at this hour the ledger ended with this link".

Kept elsewhere, one proves later, even against somebody with every key and the whole database, that the ledger still
holds that point. The signature is Ed25519; anybody can check it with the public key that stands in the file.
"""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from daybridge.audit import ledger
from daybridge.audit.models import Entry
from daybridge.audit.queries.proving import Proof
from daybridge.audit.rules import Fault, What
from daybridge.kit.errors import Refused
from daybridge.vault import keyring

FORMAT = "daybridge-checkpoint-1"
LARGEST = 10_000
KEPT = 400


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The end of a chain at an hour; `count` is how many entries were walked up to it."""

    chain: str
    seq: int
    mac: str
    count: int
    at: str
    public_key: str
    format: str = FORMAT

    def to_sign(self) -> bytes:
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":")).encode()

    @property
    def taken_at(self) -> datetime:
        return datetime.fromisoformat(self.at)


def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(keyring.named("checkpoint.key"))


def public_key() -> str:
    """The key (hex) by which this home's checkpoints are known; write it down elsewhere, too."""
    return _key().public_key().public_bytes_raw().hex()


def signed(proof: Proof, *, at: datetime) -> bytes:
    """A checkpoint of the end of a proven chain. Raises Refused for a broken or an empty one."""
    if not proof.ok or not proof.entries:
        raise Refused("A checkpoint is made of a whole ledger only.")
    seq, mac = proof.end
    point = Checkpoint(
        ledger.CHAIN, seq, mac, proof.entries, at.astimezone(UTC).isoformat(timespec="seconds"), public_key()
    )
    body = asdict(point) | {"signature": _key().sign(point.to_sign()).hex()}
    return json.dumps(body, indent=1).encode() + b"\n"


def read(data: bytes) -> Checkpoint:
    """The checkpoint in a file. Raises Refused when it is none, was changed, or another key than ours signed it."""
    try:
        body = json.loads(data[:LARGEST])
        signature = bytes.fromhex(body.pop("signature"))
        point = Checkpoint(**body)
        signer = Ed25519PublicKey.from_public_bytes(bytes.fromhex(point.public_key))
        is_one = point.format == FORMAT and isinstance(point.seq, int) and point.taken_at.tzinfo is not None
    except (ValueError, TypeError, KeyError, AttributeError):
        is_one = False
    if not is_one:
        raise Refused("This file is not a checkpoint of a ledger.")
    try:
        signer.verify(signature, point.to_sign())
    except InvalidSignature:
        raise Refused("The checkpoint was changed after it was signed.") from None
    if point.public_key != public_key():
        raise Refused("The checkpoint was signed with another key than keys/checkpoint.key.")
    return point


def held_against(proof: Proof, point: Checkpoint) -> Proof:
    """The proof, with one more fault when the ledger no longer holds the checkpoint's link in its place."""
    there = Entry.objects.filter(chain=point.chain, seq=point.seq, mac=point.mac)
    return proof.but(None if there.exists() else Fault(What.BEHIND, point.seq, at=point.taken_at))


def folder() -> Path:
    return Path(settings.HOME) / "checkpoints"


def keep(proof: Proof, *, at: datetime) -> Path:
    """Write a checkpoint into the home's checkpoints, of which the newest 400 stay; raises as `signed`."""
    data = signed(proof, at=at)
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder() / f"checkpoint-{at.astimezone(UTC):%Y%m%d-%H%M%S}.json"
    draft = path.with_name(f".{path.name}")
    draft.write_bytes(data)
    draft.replace(path)
    for old in _files()[:-KEPT]:
        old.unlink(missing_ok=True)
    return path


def _files() -> list[Path]:
    """By the second, so that names sort by age."""
    return sorted(folder().glob("checkpoint-*.json"))


def newest() -> Path | None:
    """The newest checkpoint kept in this home."""
    return next(reversed(_files()), None)


def checked(proof: Proof) -> Proof:
    """The proof, held against the newest checkpoint of this home."""
    path = newest()
    if path is None:
        return proof
    try:
        return held_against(proof, read(path.read_bytes()))
    except Refused:
        return proof.but(Fault(What.CHECKPOINT, proof.end.seq))
