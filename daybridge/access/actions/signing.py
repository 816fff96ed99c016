"""Sign the table of permissions and reach."""

from datetime import datetime

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.models import Actor, TableSigning, User
from daybridge.access.rules import Permission, check_signature, table_hash, table_text
from daybridge.audit import ledger
from daybridge.kit.errors import Stale


@transaction.atomic
def sign_table(*, seen: str, typed: str, by: User | Actor, at: datetime) -> TableSigning:
    """Sign the table whose fingerprint was on the page, with one's own name typed.

    Raises NotAllowed, Refused for another name, Stale when the table in force is not the one that was read.
    """
    require(by, Permission.PERMISSIONS_SIGN)
    if seen != table_hash():
        raise Stale("The table changed while you read it. Read it again before you sign.")
    check_signature(typed, by.name)
    signing = TableSigning.objects.create(
        table_hash=seen, table=table_text(), signed_by=by, signed_as=typed.strip()[:200], signed_at=at
    )
    ledger.record("permissions.sign", signing, by=by, at=at, table=seen)
    return signing
