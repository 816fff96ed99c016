"""Keys and sealed words: AES-256-GCM with data keys wrapped by the master key in the home directory."""

from daybridge.vault.sealing import digest, seal, seal_bytes, unseal, unseal_bytes

__all__ = ["digest", "seal", "seal_bytes", "unseal", "unseal_bytes"]
