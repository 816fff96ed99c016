"""Restore a backup into an empty home: all of it, proved, or nothing."""

import json
import os
import shutil
import tarfile
import tempfile
from contextlib import nullcontext
from pathlib import Path

from daybridge.config.backup import manifest
from daybridge.config.backup.manifest import Manifest
from daybridge.config.backup.sealed import ALTERED, PASSPHRASE, RECOVERY_KEY, Reader, Secret
from daybridge.kit.errors import CannotRun, Refused

ENGINES = {"sqlite": "an embedded database", "postgresql": "a PostgreSQL database"}


def restore(*, file: Path, home: Path, key_file: Path | None) -> Manifest:
    """Open `file`, lay it out beside `home`, prove row counts and chain, then give it the name of `home`.

    Must run before Django is set up: it sets DAYBRIDGE_HOME. Raises Refused for a wrong key, a damaged file or a home
    that is not empty; CannotRun for what this machine lacks.
    """
    _check_is_empty(home)
    try:
        source = file.open("rb")
    except OSError as error:
        raise CannotRun("The backup cannot be opened: {why}.", why=error.strerror) from None
    with source:
        home.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=home.parent, prefix=f".{home.name}.restoring-"))
        try:
            told = _lay_out(Reader(source), draft, key_file)
            return _prove_and_name(told, draft, home)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def _check_is_empty(home: Path) -> None:
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise Refused("“{home}” is not empty. A backup is restored into an empty or new folder.", home=home)


def _secret(kind: str, key_file: Path | None) -> Secret:
    if kind == PASSPHRASE:
        words = os.environ.get("DAYBRIDGE_BACKUP_PASSPHRASE", "")
        if not words:
            raise CannotRun("This backup opens with its passphrase: set DAYBRIDGE_BACKUP_PASSPHRASE.")
        return Secret(PASSPHRASE, words.encode())
    if key_file is None:
        raise CannotRun("This backup opens with its recovery key: name the file with --key (keys/backup.key).")
    try:
        return Secret(RECOVERY_KEY, bytes.fromhex(key_file.read_text(encoding="ascii").strip()))
    except OSError as error:
        raise CannotRun("The recovery key cannot be read: {why}.", why=error.strerror) from None
    except ValueError:
        raise Refused("The file named by --key holds no recovery key.") from None


def _lay_out(reader: Reader, draft: Path, key_file: Path | None) -> Manifest:
    reader.open(_secret(reader.kind, key_file))
    try:
        with tarfile.open(fileobj=reader, mode="r|gz") as tar:  # type: ignore[call-overload]
            for member in tar:
                _extract(tar, member, draft)
    except (tarfile.TarError, EOFError):
        raise Refused(ALTERED) from None
    reader.drain()
    path = draft / manifest.FILE
    if not path.exists():
        raise Refused("The backup holds no manifest.")
    told = Manifest.from_bytes(path.read_bytes())
    path.unlink()
    return told


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, draft: Path) -> None:
    target = (draft / member.name).resolve()
    content = tar.extractfile(member) if member.isreg() else None
    if content is None or not target.is_relative_to(draft.resolve()):
        raise Refused("The backup holds something that is no file of a home.")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        shutil.copyfileobj(content, file, 1 << 20)


def _prove_and_name(told: Manifest, draft: Path, home: Path) -> Manifest:
    os.environ["DAYBRIDGE_HOME"] = str(draft)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daybridge.config.settings")
    import django

    django.setup()
    from django.db import connection, transaction

    from daybridge.config.backup import embedded, server

    if connection.vendor != told.engine:
        here = "Unset" if connection.vendor == "postgresql" else "Set"
        raise CannotRun("The backup holds {what}. {act} DATABASE_URL.", what=ENGINES[told.engine], act=here)
    on_server = connection.vendor == "postgresql"
    if on_server:
        server.check_is_empty()
    with transaction.atomic() if on_server else nullcontext():
        (server if on_server else embedded).put(draft / "database", told, draft)
        _bring_up_to_date()
        _prove_chain(told)
        if not on_server:
            connection.close()
        _name(draft, home)
    return told


def _bring_up_to_date() -> None:
    """A backup of an earlier version is read by this one: its tables first become this version's."""
    from django.core.management import call_command

    from daybridge.config import ready

    if ready.pending():
        call_command("migrate", verbosity=0, interactive=False)


def _prove_chain(told: Manifest) -> None:
    from daybridge.audit import ledger, queries
    from daybridge.audit.models import Head

    proof = queries.verify()
    if proof.broken:
        raise Refused("The ledger in the backup is broken: {what}.", what=json.dumps(proof.broken))
    head = Head.objects.filter(pk=ledger.CHAIN).first() or Head()
    if (head.seq, head.mac) != (told.head["seq"], told.head["mac"]):
        raise Refused("The ledger in the backup does not end where its manifest says.")


def _name(draft: Path, home: Path) -> None:
    shutil.rmtree(draft / "database", ignore_errors=True)
    if home.exists():
        home.rmdir()
    draft.rename(home)
    home.chmod(0o700)
