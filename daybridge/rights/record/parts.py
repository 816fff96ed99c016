"""The parts of a record, in the order a person reads them. Private counseling notes and other people stay out."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daybridge.rights.record import beginning, care
from daybridge.rights.record.contents import Entry, Fact, Reader, Section, Whose

SECTIONS: dict[str, tuple[str | Promise, Reader]] = {
    "person": (_("Who you are"), beginning.person),
    "referrals": (_("How you came to us"), beginning.referrals),
    "papers": (_("What came with the referral"), beginning.papers),
    "assessments": (_("Assessments and level of care"), beginning.assessments),
    "stays": (_("Your stays"), beginning.stays),
    "plans": (_("Treatment plans"), care.plans),
    "sessions": (_("Sessions and who came"), care.sessions),
    "notes": (_("Notes of sessions"), care.notes),
    "consents": (_("Forms you signed"), care.consents),
    "disclosures": (_("What left your record"), care.disclosures),
    "requests": (_("What you asked for, and letters"), care.requests),
    "documents": (_("Papers we keep"), care.documents),
}


def section(of: Whose, section_id: str) -> Section:
    """One part of the record, empty facts left out. Raises KeyError for a part there is not."""
    title, reader = SECTIONS[section_id]
    entries = (Entry(one.title, _told(one.facts)) for one in reader(of))
    return Section(section_id, str(title), tuple(one for one in entries if one.facts))


def _told(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple((str(term), value) for term, value in facts if value not in (None, "", [], ()))
