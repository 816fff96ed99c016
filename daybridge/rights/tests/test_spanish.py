"""What the person whose record it is reads has Spanish words."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from django.utils.translation import gettext

from daybridge.access.rules import ROLES
from daybridge.admissions.rules import ReferralState
from daybridge.attendance.rules import Mark
from daybridge.consent.rules import ConsentState
from daybridge.episodes.rules import EpisodeState
from daybridge.notes.rules import Participation, Response
from daybridge.people.rules import TEAM_ROLES
from daybridge.plans.rules import PlanState
from daybridge.rights import words
from daybridge.rights.record import SECTIONS
from daybridge.rights.record.codes import Code
from daybridge.rights.record.codes import said as codes_said
from daybridge.rights.record.files import plain, spoken
from daybridge.rights.rules.requests import State
from daybridge.scheduling.rules import BookingState, Service

ROOM = Path(__file__).resolve().parents[1]
FILES = (
    "record/beginning.py",
    "record/care.py",
    "record/codes.py",
    "record/files.py",
    "documents.py",
    "queries/seen.py",
)
PAGES = ("notice.html", "give.html")
CALL = re.compile(r'\b_\(\s*"((?:[^"\\]|\\.)*)"')
TAG = re.compile(r'translate "([^"]+)"|\b_\("([^"]+)"\)')
SAME = {"HHS", "No", "no", "individual"}  # written alike in both


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


def test_codes_are_words_for_people_and_stay_codes_for_machines():
    zone = ZoneInfo("America/New_York")
    with translation.override("es"):
        assert spoken((Code("tests:hiv"), Code("schedule")), zone) == (
            "sus pruebas de drogas y de laboratorio (VIH), cuándo viene usted"
        )
        assert [spoken(Code(one), zone) for one in ("no-show", "revoked", "family", "at-request")] == [
            "no vino", "retirado", "familia", "Usted lo pidió",
        ]  # fmt: skip
    assert plain((Code("tests:hiv"), Code("schedule")), zone) == "tests:hiv, schedule"
    assert (spoken(Code("something new"), zone), plain(Code("no-show"), zone)) == ("something new", "no-show")


def test_every_state_a_record_tells_of_has_spanish_words():
    codes = [*ReferralState, *EpisodeState, *BookingState, *Mark, *PlanState, *State, *ConsentState, *TEAM_ROLES]
    codes += [*Participation, *Response, *Service]
    with translation.override("es"):
        assert [one for one in map(str, codes) if codes_said(one) == one and one not in SAME] == []
