"""The joins behind the pages of requests, breaches, the notice and the privacy desk."""

from daybridge.rights.queries.breaches import BreachPage, breach_page, reports
from daybridge.rights.queries.desk import Desk, Due, desk, due
from daybridge.rights.queries.leaving import disclosures
from daybridge.rights.queries.notices import GivingPage, NoticePage, giving, patient_notice
from daybridge.rights.queries.records import on_screen
from daybridge.rights.queries.requests import (
    Person,
    RequestPage,
    contact_wish,
    kind_of,
    own,
    people,
    person,
    request_page,
    taken,
    worklist,
)
from daybridge.rights.queries.seen import AccessLog, access_log

__all__ = [
    "AccessLog", "BreachPage", "Desk", "Due", "GivingPage", "NoticePage", "Person", "RequestPage",
    "access_log", "breach_page", "contact_wish", "desk", "disclosures", "due", "giving", "kind_of",
    "on_screen", "own", "patient_notice", "people", "person", "reports", "request_page", "taken", "worklist",
]  # fmt: skip
