"""Nobody can be known from an export: all eighteen identifiers planted everywhere, none of them comes out."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ObjectDoesNotExist
from hypothesis import given
from hypothesis import strategies as st

from daybridge.access.rules import Role
from daybridge.audit.models import Entry
from daybridge.consent.models import Disclosure
from daybridge.keeping import actions
from daybridge.keeping.actions.exporting import new_code
from daybridge.keeping.models import Export, ExportCode
from daybridge.keeping.rules import nameless
from daybridge.keeping.tests import factories, planting
from daybridge.kit.errors import BadInput, NotAllowed, Refused
from daybridge.people.models import Address, Client
from daybridge.people.tests import factories as people

TODAY = date(2026, 3, 2)
WANTED = {"first_year": 2026, "last_year": 2026, "recipient": "State agency", "reason": "Yearly report"}

# One of each of the 18 identifiers of 45 CFR 164.514(b)(2)(i), as somebody might type them anywhere.
IDENTIFIERS = (
    "Rosa Delgado", "12 Harbor Street, Salem", "01970", "March 3, 1992", "1992-03-03", "+15555550100", "+15555550199",
    "rosa@example.org", "123-45-6789", "T-00017", "MBR 998877", "ACCT-4455", "D1234567", "7ABC123", "SN 0099-AX",
    "https://example.org/rosa", "192.0.2.17", "thumb:aa:bb:cc", "rosa.jpg", "case 26-CR-118",
)  # fmt: skip


@st.composite
def persons(draw):
    word = st.sampled_from(IDENTIFIERS) | st.text(min_size=4, max_size=40)
    day = st.dates(date(1900, 1, 1), TODAY)
    return nameless.Person(
        born_on=draw(st.none() | day), sex=draw(word), state=draw(word), postal_code=draw(word),
        referrals=draw(st.lists(st.tuples(day, word, word), max_size=2)),
        levels=draw(st.lists(st.tuples(day, word, word), max_size=2)),
        stays=draw(st.lists(st.builds(nameless.Stay, word, word, day, st.none() | day), max_size=2)),
        hours=draw(st.lists(st.builds(nameless.Hours, st.just(2025), word, st.just(2), st.just(90)), max_size=2)),
        codes=draw(st.lists(word, max_size=3)),
    )  # fmt: skip


def typed(person: nameless.Person) -> set[str]:
    """Every word of the record that somebody typed, and every full date."""
    words = {person.sex, person.state, person.postal_code, *person.codes}
    for day, one, two in (*person.referrals, *person.levels):
        words |= {one, two, day.isoformat()}
    for stay in person.stays:
        words |= {stay.level, stay.status, stay.first.isoformat()}
    words |= {hours.service for hours in person.hours}
    words |= {person.born_on.isoformat()} if person.born_on else set()
    return {word for word in words if word}


@given(persons())
def test_nothing_that_was_typed_comes_out(person):
    out = nameless.rows(person, "PCODE", TODAY)
    cells = {cell for found in out.values() for row in found for cell in row}
    short = nameless.safe_harbor
    harmless = short.STATES | {"other"}
    assert not {
        cell for cell in cells if cell in typed(person) and cell not in harmless and not short.ICD10.fullmatch(cell)
    }
    text = "\n".join(",".join(row) for found in out.values() for row in found)
    assert not [one for one in IDENTIFIERS if one in text]


@given(persons())
def test_every_row_has_its_columns_and_only_closed_values(person):
    for name, found in nameless.rows(person, "PCODE", TODAY).items():
        for row in found:
            assert len(row) == len(nameless.FILES[name][1])
            assert row[0] == "PCODE"
            assert all(len(cell) <= 12 for cell in row)


def test_codes_are_random():
    codes = {new_code() for _ in range(2000)}
    assert len(codes) == 2000
    assert all(code.startswith("P") and len(code) == 12 for code in codes)


# Those the export reads and what stands around them; a consent full of nonsense would stop at the gate.
ROOMS = frozenset(("people", "episodes", "level_of_care", "admissions", "scheduling", "attendance", "plans", "notes"))


@pytest.fixture
def clinic(site, users, now):
    """Twelve people of whom every table knows a planted word."""
    made = datetime(2026, 1, 5, 15, tzinfo=UTC)
    planting.without_checks()
    found = []
    for _ in range(12):
        person = people.client(site, given_name=planting.WORD, family_name=planting.WORD, created_at=made)
        planting.plant(person, ROOMS)
        found.append(person)
    Address.objects.update(state="MA", postal_code="02139-1234")
    yield found
    planting.with_checks()


def taken(site, by, now, **fields):
    row, content = actions.export(site_id=site.pk, wanted=actions.Wanted(**WANTED | fields), by=by, at=now)
    with zipfile.ZipFile(io.BytesIO(content)) as folder:
        return row, {name: folder.read(name).decode() for name in folder.namelist()}


@pytest.mark.django_db
def test_the_file_holds_the_rows_and_no_word_of_anybody(site, users, now, clinic):
    row, files = taken(site, users[Role.PRIVACY_OFFICER], now)
    assert set(files) == {*nameless.FILES, "READ-ME.txt"}
    assert row.people == 12
    everything = "\n".join(files.values())
    assert planting.WORD not in everything
    for person in clinic:
        assert str(person.pk) not in everything
        assert person.record_number not in everything
    lines = files["people.csv"].splitlines()
    assert len(lines) == 13
    assert lines[0] == "code,birth_year,sex,state,zip3"
    assert {line.split(",", 1)[1] for line in lines[1:]} == {"1992,female,MA,021"}
    assert "2013-03" not in everything


@pytest.mark.django_db
def test_the_gate_is_asked_for_each_and_the_ledger_told(site, users, now, clinic):
    row, _files = taken(site, users[Role.PRIVACY_OFFICER], now)
    asked = Disclosure.objects.filter(purpose="deidentified")
    assert asked.filter(recipient="State agency").count() == 12
    line = Entry.objects.get(verb="export.deidentified")
    assert line.data == {"people": 12, "sha256": row.sha256}
    assert ExportCode.objects.filter(export=row).count() == 12
    again, files = taken(site, users[Role.PRIVACY_OFFICER], now)
    old = set(ExportCode.objects.filter(export=row).values_list("code", flat=True))
    assert not any(code in files["people.csv"] for code in old)  # a second export cannot be joined with the first
    assert again.sha256 != row.sha256


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"first_year": 2001, "last_year": 2002}, Refused),
        ({"recipient": " "}, BadInput),
        ({"reason": ""}, BadInput),
        ({"knows_better": True}, Refused),
    ],
)
def test_what_is_refused_leaves_nothing(site, users, now, clinic, fields, error):
    with pytest.raises(error):
        taken(site, users[Role.DIRECTOR], now, **fields)
    assert not Export.objects.exists()
    assert not Disclosure.objects.filter(purpose="deidentified").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.PRIVACY_OFFICER, Role.DIRECTOR}])
def test_nobody_else_takes_one(site, users, now, role):
    with pytest.raises((ObjectDoesNotExist, NotAllowed)):
        taken(site, users[role], now)


@pytest.mark.django_db
def test_another_site_is_not_in_it(site, other_site, users, now):
    for _ in range(12):
        people.client(other_site, created_at=now)
    with pytest.raises(ObjectDoesNotExist):
        taken(other_site, users[Role.DIRECTOR], now)
    with pytest.raises(Refused):
        taken(site, users[Role.DIRECTOR], now)
    assert Client.objects.count() == 12
    assert factories.counts()["keeping.Export"] == 0
