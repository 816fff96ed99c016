"""Keys and sealed words: AES-256-GCM with data keys wrapped by the master key in the home directory."""

from daybridge.vault.fields import SealedField
from daybridge.vault.sealing import digest, seal, seal_bytes, unseal, unseal_bytes

__all__ = ["SealedField", "digest", "seal", "seal_bytes", "unseal", "unseal_bytes"]
