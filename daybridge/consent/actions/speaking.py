"""Name who speaks for a client by law."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybridge.audit import ledger
from daybridge.consent import shown
from daybridge.consent.actions import within
from daybridge.consent.models import Representative
from daybridge.kit.errors import BadInput
from daybridge.people import documents

RELATIONS = ("parent", "guardian", "representative")
BECAUSE = ("minor", "lacks-capacity", "deceased")


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks for a client: name, relation, why, and the paper that says so."""

    name: str
    relation: str
    because: str
    paper: documents.keeping.Upload | None = None


@transaction.atomic
def name_speaker(*, client_id: UUID, speaker: Speaker, by, at: datetime) -> Representative:
    """Keep who speaks for a client from today on; an adult's speaker needs the paper that says so.

    Raises Client.DoesNotExist out of reach, NotAllowed, or BadInput. Source: CON-11, CON-29; 42 CFR 2.14, 2.15.
    """
    client = within.client(client_id, by)
    name = " ".join(speaker.name.split())
    if not 2 <= len(name) <= 200 or speaker.relation not in RELATIONS or speaker.because not in BECAUSE:
        raise BadInput("Say who it is, as what, and why they speak for the client.")
    if speaker.paper is None and speaker.because != "minor":
        raise BadInput("Add the paper that says this person speaks for the client.")
    paper = speaker.paper and documents.keep(
        client_id=client.id, kind=documents.Kind.OTHER, title="Who speaks for the client", upload=speaker.paper,
        by=by, at=at,
    )  # fmt: skip
    row = Representative.objects.create(
        client=client, name=name, relation=speaker.relation, because=speaker.because, paper=paper,
        since=shown.today(client, at), by=by.actor,
    )  # fmt: skip
    ledger.record("consent.speaker", row, by=by, at=at, because=speaker.because, relation=speaker.relation)
    return row
