"""Short ways to ask the gate's rules, for its tests."""

from datetime import UTC, datetime, timedelta

from daybridge.consent import rules
from daybridge.consent.rules import THE_CLIENT, TPO, ConsentState, Given, History, Kind, Recipient, Request, grounds

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY, DAY = NOON.date(), timedelta(days=1)
EVERYTHING = tuple(str(kind) for kind in Kind)
DR_ITO = Recipient("person", "Dr. Ken Ito", "treating-provider")
INSURER = Recipient("organization", "Blue Shield", "payer")
HELPER = Recipient("organization", "Clean Claims", "operations-helper")
MOTHER = Recipient("person", "Elena Delgado", "mother")
COURT = Recipient("authority", "County Court")
FOR = {"treatment": DR_ITO, "payment": INSURER, "operations": HELPER, "client": THE_CLIENT, "family": MOTHER}


def ask(purpose, kinds=EVERYTHING, recipient=None, **more):
    return Request(recipient=recipient or FOR.get(purpose, DR_ITO), purpose=purpose, kinds=tuple(kinds), **more)


def signed(kind=TPO, **fields):
    usual = {"id": "a", "kind": kind, "state": ConsentState.ACTIVE, "signed_at": NOON - DAY}
    return Given(**usual | fields)


def family(**fields):
    usual = {"recipient": MOTHER, "kinds": ("presence", "schedule")}
    return signed("family", **usual | fields)


def decide(*consents, request, at=NOON, **known):
    return rules.decide(History(consents=consents, **known), request, at)


def reason(answer):
    return answer.withheld[0].reason


NURSE = Recipient("person", "Nurse Cole", "St. Mary's Hospital")
EMERGENCY = grounds.Emergency(
    who="Nurse Cole",
    affiliation="St. Mary's Hospital",
    discloser="P. Raman",
    when=NOON,
    why="overdose",
    could_ask=False,
)
ORDER = grounds.CourtOrder(
    has_order=True, document="d1", court="County Court", number="7-26", dated=TODAY, recipient="County Court",
    kinds=("attendance", "counseling-notes"), found_good_cause=True,
)  # fmt: skip
AUDIT = grounds.Audit(entitled="payer", has_promise=True)
RESEARCH = grounds.Research(basis="hipaa", approved_on=TODAY, has_promise=True)
NAMELESS = grounds.Deidentified(method="safe-harbor")
FACTS = {
    "emergency": (EMERGENCY, NURSE), "legal-order": (ORDER, COURT), "audit": (AUDIT, INSURER),
    "research": (RESEARCH, DR_ITO), "deidentified": (NAMELESS, DR_ITO),
    "public-health": (grounds.PublicHealth(deidentified=NAMELESS), COURT),
    "abuse-report": (grounds.AbuseReport(law="C.G.S. 17a-101", is_first=True), COURT),
    "crime": (grounds.Crime(where="premises", incident="a broken window"), COURT),
}  # fmt: skip
