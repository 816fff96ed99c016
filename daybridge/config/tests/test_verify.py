"""`daybridge verify`: the answer, checkpoints out and in, and the nightly proof."""

import json

import pytest

from daybridge.access.gates import COMMAND_LINE
from daybridge.audit import checkpoints, ledger
from daybridge.audit.models import Head, Proving
from daybridge.config import cli, nightly
from daybridge.jobs.tests import factories as jobs
from daybridge.kit.errors import Refused
from daybridge.vault import keyring


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.HOME = tmp_path / "home"
    keyring.forget()
    yield
    keyring.forget()


@pytest.fixture
def verify(capsys, site, now):
    for number in range(3):
        ledger.record("test.line", site, by=COMMAND_LINE, at=now, n=number)

    def command(*words):
        code = cli.main(["verify", *(str(word) for word in words)])
        out, err = capsys.readouterr()
        return code, out, err

    return command


def test_a_checkpoint_goes_out_and_holds(verify, tmp_path, site, now):
    out = tmp_path / "point.json"
    code, told, err = verify("--checkpoint", out, "--json")
    assert (code, json.loads(told)["checkpoint"]) == (0, str(out))
    assert "Keep it where nobody" in err
    assert json.loads(out.read_text())["seq"] == 3
    ledger.record("test.later", site, by=COMMAND_LINE, at=now)
    code, told, _ = verify("--against", out)
    assert (code, "The checkpoint holds" in told) == (0, True)


def test_a_ledger_that_lost_a_checkpoint_is_1_and_says_which_line(verify, tmp_path):
    out = tmp_path / "point.json"
    verify("--checkpoint", out)
    body = json.loads(out.read_text())
    point = checkpoints.Checkpoint(
        **{name: value for name, value in body.items() if name != "signature"} | {"mac": "0" * 64}
    )
    body |= {"mac": "0" * 64, "signature": checkpoints._key().sign(point.to_sign()).hex()}
    out.write_text(json.dumps(body))
    code, told, err = verify("--against", out, "--json")
    assert (code, json.loads(told)["broken"]["seq"]) == (1, 3)
    assert "checkpoint names a line" in err


def test_a_broken_chain_gets_no_checkpoint(verify, tmp_path):
    Head.objects.update(seq=9)
    code, told, err = verify("--checkpoint", tmp_path / "point.json", "--json")
    assert (code, json.loads(told)["faults"][0]["what"]) == (1, "missing at the end")
    assert "No checkpoint was written" in err
    assert not (tmp_path / "point.json").exists()


def test_a_file_that_is_no_checkpoint_is_1_and_one_that_is_not_there_is_2(verify, tmp_path):
    (tmp_path / "words.json").write_text("{}")
    assert verify("--against", tmp_path / "words.json")[0] == 1
    assert verify("--against", tmp_path / "none.json")[0] == 2
    assert verify("--checkpoint", tmp_path / "none" / "point.json")[0] == 2


def test_every_night_leaves_a_checkpoint_until_the_chain_breaks(verify, now):
    nightly.verify_chain(jobs.job(now, task="verify-chain"))
    assert checkpoints.read(checkpoints.newest().read_bytes()).seq == 3
    Head.objects.update(seq=9)
    with pytest.raises(Refused, match="entry 5"):
        nightly.verify_chain(jobs.job(now, task="verify-chain", key="another"))
    assert len(list(checkpoints.folder().iterdir())) == 1
    assert [proven.faults == [] for proven in Proving.objects.order_by("id")] == [True, False]


def test_an_empty_ledger_needs_no_checkpoint(db, now):
    nightly.verify_chain(jobs.job(now, task="verify-chain"))
    assert checkpoints.newest() is None
