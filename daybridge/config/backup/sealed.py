"""An encrypted stream: a header line, then chunks of AES-256-GCM. Memory is one chunk, whatever the size.

Each file has its own key (scrypt of a passphrase, or HKDF of the recovery key, with the file's own salt), so that a
chunk's number can be its nonce. Number, last-chunk mark and header are authenticated: a chunk cannot be left out,
moved, or be the last one when it is not.
"""

import json
import secrets
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from daybridge.kit.errors import Refused

MAGIC = b"DAYBRIDGE BACKUP 1\n"
CHUNK = 1 << 20
TAG = 16
SCRYPT_COST = 1 << 15
PASSPHRASE, RECOVERY_KEY = "passphrase", "recovery key"

NOT_ONE = "This is not a backup made by Daybridge."
WRONG_KEY = "The {key} does not open this backup, or its beginning was altered."
ALTERED = "The backup was altered or damaged: nothing of it was used."
CUT_SHORT = "The backup is cut short: its end is missing. Nothing of it was used."


class Secret:
    """What opens a backup: a passphrase, or the 32 bytes of the recovery key."""

    def __init__(self, kind: str, value: bytes) -> None:
        self.kind, self.value = kind, value

    def key(self, salt: bytes) -> AESGCM:
        if self.kind == PASSPHRASE:
            return AESGCM(Scrypt(salt=salt, length=32, n=SCRYPT_COST, r=8, p=1).derive(self.value))
        return AESGCM(HKDF(SHA256(), 32, salt, b"daybridge backup").derive(self.value))


class Writer:
    """A file object that encrypts what is written to it; `finish` writes the last chunk."""

    def __init__(self, file: BinaryIO, secret: Secret) -> None:
        salt = secrets.token_bytes(16)
        self.file, self.number, self.waiting = file, 0, bytearray()
        self.header = json.dumps({"key": secret.kind, "salt": salt.hex()}).encode() + b"\n"
        self.cipher = secret.key(salt)
        file.write(MAGIC + self.header)

    def write(self, data: bytes) -> int:
        self.waiting += data
        while len(self.waiting) > CHUNK:
            self._chunk(bytes(self.waiting[:CHUNK]), last=0)
            del self.waiting[:CHUNK]
        return len(data)

    def finish(self) -> None:
        self._chunk(bytes(self.waiting), last=1)

    def _chunk(self, data: bytes, *, last: int) -> None:
        sealed = self.cipher.encrypt(_nonce(self.number, last), data, self.header)
        self.file.write(bytes([last]) + len(sealed).to_bytes(4, "big") + sealed)
        self.number += 1


class Reader:
    """A file object that gives what was written; Refused, in a sentence, for anything else."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.number, self.ready, self.is_done = file, 0, bytearray(), False
        if file.read(len(MAGIC)) != MAGIC:
            raise Refused(NOT_ONE)
        self.header = file.readline(1000)
        self.cipher: AESGCM | None = None
        try:
            told = json.loads(self.header)
            self.kind, self.salt = str(told["key"]), bytes.fromhex(told["salt"])
        except (ValueError, KeyError, TypeError):
            raise Refused(ALTERED) from None

    def open(self, secret: Secret) -> None:
        """Prove the key on the first chunk."""
        self.cipher = secret.key(self.salt)
        self._more()

    def read(self, size: int) -> bytes:
        while len(self.ready) < size and not self.is_done:
            self._more()
        data = bytes(self.ready[:size])
        del self.ready[:size]
        return data

    def drain(self) -> None:
        """Read to the end, so that every chunk was proved."""
        while not self.is_done:
            self._more()
            self.ready.clear()

    def _more(self) -> None:
        head = self.file.read(5)
        size = int.from_bytes(head[1:], "big")
        sealed = self.file.read(size) if size <= CHUNK + TAG else b""
        if size > CHUNK + TAG or (head and head[0] > 1):
            raise Refused(ALTERED)
        if len(head) < 5 or len(sealed) < size:
            raise Refused(CUT_SHORT)
        self.ready += self._opened(sealed, head[0])
        self.number += 1
        if head[0]:
            self.is_done = True
            if self.file.read(1):
                raise Refused(ALTERED)

    def _opened(self, sealed: bytes, last: int) -> bytes:
        assert self.cipher is not None
        try:
            return self.cipher.decrypt(_nonce(self.number, last), sealed, self.header)
        except InvalidTag:
            if self.number == 0:
                raise Refused(WRONG_KEY, key=self.kind) from None
            raise Refused(ALTERED) from None


def _nonce(number: int, last: int) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
