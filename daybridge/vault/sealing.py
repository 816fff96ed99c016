"""Seal and open words and bytes. A sealed value is: key number (4 bytes) | nonce (12) | text and tag."""

import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from daybridge.kit.errors import CannotRun
from daybridge.vault import keyring


def seal_bytes(data: bytes, context: str) -> bytes:
    """Encrypt `data`; it opens only with the same `context` ("notes.groupnote.words:<row id>")."""
    number, key = keyring.current()
    nonce = secrets.token_bytes(keyring.NONCE)
    return number.to_bytes(4, "big") + nonce + AESGCM(key).encrypt(nonce, data, context.encode())


def unseal_bytes(blob: bytes, context: str) -> bytes:
    """Decrypt what `seal_bytes` made; CannotRun when the key, the context or the bytes do not fit."""
    blob = bytes(blob)
    key = keyring.data_key(int.from_bytes(blob[:4], "big"))
    try:
        return AESGCM(key).decrypt(blob[4 : 4 + keyring.NONCE], blob[4 + keyring.NONCE :], context.encode())
    except InvalidTag:
        raise CannotRun("A sealed record cannot be opened: it was changed, moved, or belongs to other keys.") from None


def seal(text: str, context: str) -> bytes:
    return seal_bytes(text.encode(), context)


def unseal(blob: bytes, context: str) -> str:
    """The words sealed under `context`; an empty value reads as no words."""
    return unseal_bytes(blob, context).decode() if blob else ""


def digest(value: str, purpose: str) -> str:
    """A keyed fingerprint (hex, 64 characters) by which equal values are found without storing them."""
    return hmac.new(keyring.named("match.key"), f"{purpose}\x00{value}".encode(), hashlib.sha256).hexdigest()
