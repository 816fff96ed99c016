"""The patient notice: one text in two languages, with the program's name and number filled in. It is about nobody."""

from daybridge.access.models import Program, Site
from daybridge.rights import shown, wording


def version() -> str:
    """The version in force: "2026.1"."""
    return str(wording.book("notice", "en")["version"])


def text(site: Site | None, language: str) -> str:
    """The exact words in one language, for a site or, without one, for the program."""
    book = wording.book("notice", language)
    program = Program.objects.first()
    name = program.name if program else ""
    phone = (site.phone if site else "") or (program.phone if program else "")
    contact = ", ".join(part for part in (phone, site.address if site else "") if part) or name
    values = {
        "program": wording.said(name), "contact": wording.said(contact),
        "effective": shown.written(book["effective"], language),
    }  # fmt: skip
    parts = [f"# {wording.filled(book['title'], values)}"]
    for section in book["section"]:
        parts.append(f"## {section['heading']}\n{wording.filled(section['text'].strip(), values)}")
    return "\n\n".join(parts) + "\n"
