"""Prove the chain, and read it."""

from daybridge.audit.queries.proving import Proof, Way, step, verify
from daybridge.audit.queries.reading import Proven, Told, last_proven, lists_naming, of_client

__all__ = ["Proof", "Proven", "Told", "Way", "last_proven", "lists_naming", "of_client", "step", "verify"]
