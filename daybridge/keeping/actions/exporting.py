"""An export from which nobody can be known, through the one gate."""

import hashlib
import io
import secrets
import zipfile
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from daybridge.access.gates import require
from daybridge.access.models import Site
from daybridge.access.rules import Permission
from daybridge.audit import ledger
from daybridge.consent import gate
from daybridge.consent import rules as consent
from daybridge.consent.rules.grounds import Deidentified
from daybridge.keeping import collecting
from daybridge.keeping.models import Export, ExportCode
from daybridge.keeping.reach import records_within
from daybridge.keeping.rules import RULES, check_reason, nameless
from daybridge.kit import sheets
from daybridge.kit.errors import BadInput, Refused

KINDS = tuple(kind for kind, _columns in nameless.FILES.values())
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that look alike
MADE = (1980, 1, 1, 0, 0, 0)  # the same files give the same bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """People first known in these years, for whom, why, and whether anybody could still be known in our knowledge."""

    first_year: int
    last_year: int
    recipient: str
    reason: str
    knows_better: bool = False


@transaction.atomic
def export(*, site_id: UUID, wanted: Wanted, by, at: datetime) -> tuple[Export, bytes]:
    """The zip file of one site, with its row and codes; whom the gate keeps here is left out.

    Raises Site.DoesNotExist out of reach, NotAllowed, BadInput, Refused when so few people are in it that they could be
    known. Nothing of the file is kept here but its fingerprint. Source: 45 CFR 164.514(b)(2), (c); KEEP-12, KEEP-13.
    """
    site = Site.objects.get(pk=site_id, id__in=by.sites_with(Permission.EXPORT_DEIDENTIFIED))
    require(by, Permission.EXPORT_DEIDENTIFIED, site)
    if not wanted.recipient.strip():
        raise BadInput("Say who will receive it.")
    taken = Export(site=site, by=by.actor, at=at, reason=check_reason(wanted.reason), people=0)
    codes, files = _rows(_people(site, wanted, by), wanted, by, at)
    if len(codes) < RULES.number("KEEP-13"):
        raise Refused("Too few people are in it: they could be known. Choose more years.")
    content = _zip(files, len(codes))
    taken.people, taken.sha256 = len(codes), hashlib.sha256(content).hexdigest()
    taken.save(force_insert=True)
    ExportCode.objects.bulk_create(ExportCode(export=taken, client_id=pk, code=code) for pk, code in codes.items())
    ledger.record("export.deidentified", taken, by=by, at=at, people=taken.people, sha256=taken.sha256)
    return taken, content


def _people(site: Site, wanted: Wanted, by):
    within = records_within(by, Permission.EXPORT_DEIDENTIFIED).filter(site=site)
    years = {"created_at__year__gte": wanted.first_year, "created_at__year__lte": wanted.last_year}
    return list(within.filter(**years).order_by("pk"))


def _rows(clients, wanted: Wanted, by, at: datetime) -> tuple[dict[UUID, str], nameless.Rows]:
    """The codes of those whose records may leave, and the rows in the order of the codes, which tells nothing."""
    known, today = collecting.people(clients), at.date()
    codes: dict[UUID, str] = {}
    files: nameless.Rows = {name: [] for name in nameless.FILES}
    for client, cleared in gate.each(clients=clients, request=_request(wanted), by=by, clock=lambda: at):
        codes[client.pk] = new_code()
        for name, found in nameless.rows(known[client.pk], codes[client.pk], today).items():
            if cleared.covers(client.pk, nameless.FILES[name][0]):
                files[name] += found
    return codes, {name: sorted(found) for name, found in files.items()}


def _request(wanted: Wanted) -> consent.Request:
    recipient = consent.Recipient(consent.RecipientType.ORGANIZATION, wanted.recipient.strip())
    ground = Deidentified(method="safe-harbor", knows_better=wanted.knows_better)
    return consent.Request(
        recipient=recipient, purpose=consent.Purpose.DEIDENTIFIED, kinds=KINDS, what="an export without names",
        ground=ground,
    )  # fmt: skip


def new_code() -> str:
    """A random code, made from nothing that is known of the person. Source: 45 CFR 164.514(c)."""
    return "P" + "".join(secrets.choice(LETTERS) for _ in range(11))


def _zip(files: nameless.Rows, people: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, found in files.items():
            folder.writestr(zipfile.ZipInfo(name, MADE), sheets.sheet(nameless.FILES[name][1], found))
        folder.writestr(zipfile.ZipInfo("READ-ME.txt", MADE), nameless.note(files, people))
    return out.getvalue()
