"""The certificate of a purge as a tagged PDF (PDF/UA-1)."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from daybridge.keeping.queries.certificates import Proof
from daybridge.ui import words
from daybridge.ui.documents import pdf

TEMPLATE = Path(__file__).parent / "templates" / "typst" / "certificate.typ"


def certificate_pdf(proof: Proof) -> bytes:
    """What stands in the certificate's row; the same proof gives the same bytes in the same zone."""
    content = proof.content
    gone = [row for row in content["records"] if row["state"] == "purged"]
    data = {
        "language": "en",
        "title": _("Certificate of purge"),
        "site": proof.site,
        "sentence": ngettext(
            "%(n)d record was removed from the database for good.",
            "%(n)d records were removed from the database for good.",
            len(gone),
        )
        % {"n": len(gone)},
        "facts": [
            [_("Purge"), content["purge"]],
            [_("Rules"), content["rulebook"]],
            [_("Proposed by"), _person(proof, content["proposed"])],
            [_("Approved by"), _person(proof, content["approved"])],
            [_("Done"), _when(content["ended"])],
        ],
        "tables_title": _("Rows removed, by table"),
        "rows": [[label, str(number)] for label, number in content["rows"].items()],
        "records_title": _("Records, by their id"),
        "heads": [_("Record"), _("What became of it"), _("Kept until"), _("Class that decided"), _("Rows")],
        "records": [_record(proof, row) for row in content["records"]],
        "remark": _(
            "The ledger keeps the ids of these records and what was done with them, without names. Backups made before "
            "this day hold the records until they are thinned out."
        ),
        "footer": f"{_('Fingerprint of this certificate')} (SHA-256): {proof.sha256}",
    }
    return pdf(TEMPLATE, data)


def _person(proof: Proof, act: dict) -> str:
    return f"{proof.names.get(act['by'], act['by'])}, {_when(act['at'])}"


def _when(iso: str) -> str:
    return date_format(datetime.fromisoformat(iso).astimezone(_zone()), "DATETIME_FORMAT")


def _zone() -> ZoneInfo:
    return timezone.get_current_timezone()


def _record(proof: Proof, row: dict) -> list[str]:
    last = max(row["classes"], key=lambda one: one["until"], default=None)
    title = proof.titles.get(last["id"], _("Minor")) if last else ""
    fate = str(words.of(row["state"]).words)
    return [row["id"], f"{fate}. {row['kept_because']}".removesuffix(" "), row["until"], title, str(row["rows"])]
