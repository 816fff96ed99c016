"""What the person whose record it is reads has Spanish words."""

import re
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext

from daybridge.access.rules import ROLES
from daybridge.rights import words
from daybridge.rights.record import SECTIONS

ROOM = Path(__file__).resolve().parents[1]
FILES = ("record/beginning.py", "record/care.py", "record/files.py", "documents.py", "queries/seen.py")
PAGES = ("notice.html", "give.html")
CALL = re.compile(r'\b_\(\s*"((?:[^"\\]|\\.)*)"')
TAG = re.compile(r'translate "([^"]+)"|\b_\("([^"]+)"\)')
SAME = {"HHS", "No", "no"}  # written alike in both


def said():
    found = [one for name in FILES for one in CALL.findall((ROOM / name).read_text(encoding="utf-8"))]
    for name in PAGES:
        text = (ROOM / "templates" / "rights" / name).read_text(encoding="utf-8")
        found += [one or other for one, other in TAG.findall(text)]
    return sorted(set(found))


@pytest.mark.parametrize("words_said", said())
def test_what_a_person_reads_has_spanish_words(words_said):
    with translation.override("es"):
        assert gettext(words_said) != words_said or words_said in SAME


def test_kinds_sections_purposes_and_roles_have_spanish_words():
    with translation.override("es"):
        every = [*words.KINDS.values(), *words.PURPOSES.values(), *(title for title, _reader in SECTIONS.values())]
        spanish = [str(one) for one in every]
        roles = [gettext(name) for name, _about in ROLES.values()]
    with translation.override("en"):
        english = [str(one) for one in every]
    assert [one for one, other in zip(english, spanish, strict=True) if one == other and one not in SAME] == []
    assert [name for name, (english, _about) in zip(roles, ROLES.values(), strict=True) if name == english] == []
