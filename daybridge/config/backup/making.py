"""Make a backup while the program is being served."""

import gzip
import io
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from daybridge.config import environment
from daybridge.config.backup import embedded, manifest, server
from daybridge.config.backup.manifest import Manifest
from daybridge.config.backup.sealed import PASSPHRASE, RECOVERY_KEY, Secret, Writer
from daybridge.kit.errors import CannotRun
from daybridge.vault import keyring

KEY_FILE = "backup.key"
SUFFIX = ".dbk"


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup."""

    file: Path
    size: int
    key: str
    manifest: Manifest


def backup(*, to: Path) -> Made:
    """Write the encrypted backup to the file `to`; a file appears there only when it is whole.

    The database is one moment's: SQLite's online backup, or one REPEATABLE READ transaction of PostgreSQL.
    Raises CannotRun when the place cannot be written.
    """
    secret = secret_to_seal_with()
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with _draft(to) as draft, tempfile.TemporaryDirectory(dir=settings.HOME, prefix=".backup-") as folder:
            told = _write(draft, secret, Path(folder))
    except OSError as error:
        raise CannotRun("The backup cannot be written: {why}.", why=error.strerror or "no space") from None
    return Made(to, to.stat().st_size, secret.kind, told)


@contextmanager
def _draft(to: Path) -> Iterator[io.BufferedWriter]:
    """A private file beside `to` that takes its name in the end, or goes."""
    path = to.with_name(f".{to.name}.{os.getpid()}")
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        path.replace(to)
    finally:
        path.unlink(missing_ok=True)


def _write(file: io.BufferedWriter, secret: Secret, folder: Path) -> Manifest:
    engine = server if connection.vendor == "postgresql" else embedded
    taken = engine.take(folder)
    told = Manifest(connection.vendor, timezone.now().isoformat(), taken.tables, taken.migrations, taken.head)
    sealed = Writer(file, secret)
    with (
        gzip.GzipFile(fileobj=sealed, mode="wb", compresslevel=3) as packed,  # type: ignore[call-overload]
        tarfile.open(fileobj=packed, mode="w|") as tar,
    ):
        _add_bytes(tar, manifest.FILE, told.to_bytes())
        for path in sorted(folder.iterdir()):
            tar.add(path, f"database/{path.name}")
            path.unlink()
        with keyring.held():
            for path, name in _kept():
                tar.add(path, name, recursive=False)
    sealed.finish()
    return told


def _add_bytes(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    tar.addfile(info, io.BytesIO(data))


def _kept() -> Iterator[tuple[Path, str]]:
    """Keys and files of the home; the recovery key stays out of the lock it opens."""
    home = Path(settings.HOME)
    for part in ("keys", "files"):
        for path in sorted((home / part).rglob("*")):
            if path.is_file() and path.name != KEY_FILE:
                yield path, str(path.relative_to(home))


def secret_to_seal_with() -> Secret:
    """DAYBRIDGE_BACKUP_PASSPHRASE, or else the recovery key of this home, made at first use."""
    words = environment.text("DAYBRIDGE_BACKUP_PASSPHRASE")
    if words:
        return Secret(PASSPHRASE, words.encode())
    return Secret(RECOVERY_KEY, keyring.named(KEY_FILE))


def folder() -> Path:
    return Path(settings.HOME) / "backups"


def default_file() -> Path:
    """A name by the second, so that names sort by age."""
    return folder() / f"daybridge-{timezone.now():%Y%m%d-%H%M%S}{SUFFIX}"


def thin_out(*, keep: int) -> None:
    """Remove all but the newest `keep` backups of this home."""
    for path in sorted(folder().glob(f"daybridge-*{SUFFIX}"))[:-keep]:
        path.unlink(missing_ok=True)


def applied() -> dict[str, list[str]]:
    """The applied migrations by app."""
    names: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        names.setdefault(app, []).append(name)
    return names
