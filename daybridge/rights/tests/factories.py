"""Requests, breaches and letters, for tests: made through the actions."""

from datetime import date, datetime

from daybridge.people.models import Client
from daybridge.rights import actions
from daybridge.rights.models import Breach, Request
from daybridge.rights.rules.breaches import Report
from daybridge.rights.rules.requests import Asked, Kind

WANTS = {
    Kind.RESTRICTION: {"to": "person", "recipient": "Maria Delgado"},
    Kind.CONTACT: {"means": "phone", "where": "+15555550123", "not": "Do not call home"},
}
NEEDED = "The date in the note of February 3 is wrong; I was there."


def asked(kind: Kind = Kind.ACCESS, **fields) -> Asked:
    values = {"words": NEEDED, "wants": WANTS.get(kind, {})} | fields
    return Asked(kind=kind, **values)


def request(of: Client, kind: Kind = Kind.ACCESS, *, by, at: datetime, **fields) -> Request:
    return actions.take(client_id=of.pk, asked=asked(kind, **fields), by=by, at=at)


def breach(*, by, at: datetime, found_on: date | None = None) -> Breach:
    report = Report(what="A letter went to the wrong address.", found_on=found_on or at.date())
    return actions.report(report=report, by=by, at=at)
