"""The paper that leaves: only what the clearance covers, with the statement that must travel along."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from daybridge.consent import phrases
from daybridge.consent.gate import Clearance
from daybridge.release.contents import Piece
from daybridge.rights.record import Section, Whose, listed
from daybridge.rights.record.files import TEMPLATES
from daybridge.ui.documents import pdf


def paper(*, clearance: Clearance, of: Whose, found: list[Piece], program: str, day: date) -> bytes:
    """A tagged PDF (PDF/UA-1) of the pieces this clearance covers; the others are not looked at again.

    Raises ValueError when it was given for another client.
    """
    if clearance.client_id != of.client.pk:
        raise ValueError("this clearance was given for another record")
    covered = [one for one in found if clearance.covers(of.client.pk, one.cell)]
    by_kind: dict[str, list] = {}
    for one in covered:
        by_kind.setdefault(one.cell.partition(":")[0], []).append(one.entry)
    sections = [Section(kind, _heading(kind), tuple(entries)) for kind, entries in by_kind.items()]
    name = f"{of.client.given_name} {of.client.family_name}".strip()
    about = [_("To {who}, {day}.").format(who=clearance.recipient, day=date_format(day, "DATE_FORMAT"))]
    data = {
        "language": "en", "title": _("From the record of {name}").format(name=name), "lead": program,
        "about": " ".join([*about, *clearance.scope, clearance.notice]).strip(), "none": _("Nothing here."),
        "contents": _("What is in it"), "footer": f"{program} · {day.isoformat()}",
        "sections": listed(sections, of.zone),
    }  # fmt: skip
    return pdf(TEMPLATES / "record.typ", data)


def _heading(kind: str) -> str:
    return phrases.kind(kind, "en", phrases.THEY).capitalize()
