"""A person's whole record, put together from every room: what is in it, and how it is handed over."""

from daybridge.rights.record.contents import Entry, Section, Whose, whose
from daybridge.rights.record.files import bundle, listed, pages
from daybridge.rights.record.parts import SECTIONS, section

__all__ = ["SECTIONS", "Entry", "Section", "Whose", "bundle", "listed", "pages", "section", "whose"]
