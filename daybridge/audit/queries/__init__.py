"""Prove the chain, and read it."""

from daybridge.audit.queries.proving import Proof, verify
from daybridge.audit.queries.reading import Told, lists_naming, of_client

__all__ = ["Proof", "Told", "lists_naming", "of_client", "verify"]
