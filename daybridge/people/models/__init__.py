"""Clients and what identifies them; staff, their credentials and hours; care teams; guarded records; documents."""

from daybridge.people.models.clients import Address, Client, ClientQuerySet, Identifier, Phone, RecordCounter
from daybridge.people.models.guarding import Glass, Hidden, Named
from daybridge.people.models.papers import Document, DocumentQuerySet
from daybridge.people.models.staff import CareTeamMember, Credential, Leave, Staff, StandIn, WorkingHours, signer

__all__ = [
    "Address", "CareTeamMember", "Client", "ClientQuerySet", "Credential", "Document", "DocumentQuerySet", "Glass",
    "Hidden", "Identifier", "Leave", "Named", "Phone", "RecordCounter", "Staff", "StandIn", "WorkingHours", "signer",
]  # fmt: skip
