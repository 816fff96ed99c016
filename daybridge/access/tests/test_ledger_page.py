"""The ledger's page: the chain is proven on demand, step by step, and a break is said loudly."""

import json
import re

import pytest

from daybridge.audit.models import Head, Proving
from daybridge.audit.queries import proving
from daybridge.vault import keyring

pytestmark = pytest.mark.django_db
PIECE = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path
    keyring.forget()
    yield tmp_path
    keyring.forget()


@pytest.fixture
def officer(sign_in):
    browser = sign_in("privacy-officer")
    for _ in range(5):
        browser.get("/ledger/")
    return browser


def test_the_chain_is_proven_by_a_button_as_a_piece_or_a_page(officer):
    whole, piece = officer.post("/ledger/prove/"), officer.post("/ledger/prove/", headers=PIECE)
    assert "The chain holds." in whole.content.decode()
    assert "The chain holds." in piece.content.decode()
    assert "<html" not in piece.content.decode()
    assert officer.get("/ledger/prove/").status_code == 405
    assert "by privacy-officer of Harbor Street: 6 lines, whole" in officer.get("/ledger/").content.decode()


def test_a_broken_chain_is_named_at_once_and_on_every_later_look(officer):
    Head.objects.update(seq=9)
    page = officer.post("/ledger/prove/").content.decode()
    assert "The chain is broken." in page
    assert "missing at the end" in page
    assert "The chain is broken." in officer.get("/ledger/").content.decode()
    assert Proving.objects.get().faults[0]["seq"] == 6
    assert officer.get("/ledger/checkpoint/").url == "/ledger/"


def test_a_long_chain_is_proven_step_by_step(officer, monkeypatch):
    monkeypatch.setattr(proving, "STEP", 2)
    so_far, seen = "", []
    for _ in range(9):
        page = officer.post("/ledger/prove/", {"so_far": so_far}, headers=PIECE).content.decode()
        if "The chain holds." in page:
            break
        so_far = re.search(r'name="so_far" value="([^"]+)"', page)[1]
        seen.append(re.search(r"Proving the chain, (\d+) of", page)[1])
    assert seen == ["2", "4"]
    assert "The chain holds." in page
    assert officer.post("/ledger/prove/", {"so_far": f"x{so_far}"}).status_code == 409


def test_a_fault_on_the_way_ends_the_walk(officer, home, monkeypatch):
    monkeypatch.setattr(proving, "STEP", 2)
    (home / "keys" / "ledger.key").write_text("00" * 32)
    keyring.forget()
    assert "signed with another key" in officer.post("/ledger/prove/").content.decode()


def test_a_checkpoint_is_made_with_the_proof_and_given_to_keep(officer, home, sign_in):
    assert officer.get("/ledger/checkpoint/").url == "/ledger/"
    officer.post("/ledger/prove/")
    answer = officer.get("/ledger/checkpoint/")
    assert json.loads(answer.content)["seq"] == 5
    assert "attachment" in answer["Content-Disposition"]
    assert "up to line 5" in officer.get("/ledger/").content.decode()
    next(home.glob("checkpoints/*")).write_text("{}")
    assert "up to line" not in officer.get("/ledger/").content.decode()
    assert "kept beside a false checkpoint" in officer.post("/ledger/prove/").content.decode()
    assert sign_in("administrator").get("/ledger/checkpoint/").status_code == 404
