"""The work of the night: prove the chain, make a backup."""

from daybridge.audit import queries as audit
from daybridge.config.backup import making
from daybridge.jobs.models import Job
from daybridge.kit.errors import Refused


def verify_chain(job: Job) -> None:
    """Stop, visibly, when the chain has a broken link."""
    proof = audit.verify()
    if proof.broken:
        raise Refused("The ledger's chain is broken at entry {seq}.", seq=proof.broken["seq"])


def make_backup(job: Job) -> None:
    """A new encrypted file in the home's backups; the newest fourteen are kept."""
    making.backup(to=making.default_file())
    making.thin_out(keep=14)
