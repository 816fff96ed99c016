"""What the doctor looks at. Each check answers for itself; a database that is away hides none of the others."""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.db.models import Max

from daybridge.access import rowlock
from daybridge.audit import checkpoints
from daybridge.audit.models import Entry
from daybridge.config import ready
from daybridge.config.backup import making
from daybridge.jobs import queries as jobs
from daybridge.kit.errors import CannotRun, Refused
from daybridge.vault import keyring

GIB = 1 << 30
CLOCK_SLACK = timedelta(minutes=2)
BACKUP_AGE = timedelta(days=2)
CHECKPOINT_AGE = timedelta(days=3)
NEEDED_KEYS = ("django.key", "master.key", "data.json", "ledger.key", "match.key")


class State(StrEnum):
    """How a part is."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, how it is, and what to do about it."""

    check: str
    state: State
    says: str
    mend: str = ""


def examine(*, at: datetime) -> list[Check]:
    """Every check, the database first."""
    looks: dict[str, Callable[[datetime], Check]] = {
        "database": database, "migrations": migrations, "keys": keys, "worker": worker,
        "disk": disk, "mail": mail, "clock": clock, "backups": backups,
        "checkpoints": points, "second lock": second_lock,
    }  # fmt: skip
    return [_look(name, look, at) for name, look in looks.items()]


def _look(name: str, look: Callable[[datetime], Check], at: datetime) -> Check:
    try:
        return look(at)
    except Error as error:
        why = str(error).partition("\n")[0] or type(error).__name__
        mend = "Start the database, or correct DATABASE_URL." if name == "database" else "Mend the database first."
        return Check(name, State.BAD, f"the database does not answer ({why})", mend)
    except CannotRun as error:
        return Check(name, State.BAD, str(error), "Restore the keys from the backup they belong to.")


def database(at: datetime) -> Check:
    if connection.vendor == "sqlite" and not ready.has_tables():
        return Check("database", State.BAD, "there is none here yet", "Run “daybridge init” or “daybridge demo”.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        version = cursor.fetchone()[0]
    engine = "embedded SQLite" if connection.vendor == "sqlite" else "PostgreSQL"
    return Check("database", State.OK, f"{engine} {version}")


def second_lock(at: datetime) -> Check:
    """Whether the database itself keeps a request to the rows it reaches."""
    if connection.vendor != "postgresql":
        return Check("second lock", State.OK, "SQLite has none; reach is kept by the program alone")
    if rowlock.is_on():
        return Check("second lock", State.OK, "the database shows each request only the rows it reaches")
    mend = "Create the role daybridge_request, grant it to the database's user, and run “daybridge init” again."
    return Check("second lock", State.WARN, "off: reach is kept by the program alone", mend)


def migrations(at: datetime) -> Check:
    waiting = ready.pending() if ready.has_tables() else 0
    if not ready.has_tables():
        return Check("migrations", State.BAD, "no tables yet", "Run “daybridge init” or “daybridge demo”.")
    if waiting:
        return Check("migrations", State.BAD, f"{waiting} wait", "Start “daybridge serve”: it applies them.")
    return Check("migrations", State.OK, "all applied")


def keys(at: datetime) -> Check:
    missing = [name for name in NEEDED_KEYS if not (keyring.folder() / name).exists()]
    if missing and ready.has_tables():
        says = f"missing: {', '.join(missing)}"
        return Check("keys", State.BAD, says, "Restore them from the newest backup: what they sealed is lost without.")
    if missing:
        return Check("keys", State.OK, "made when the program is founded")
    open_to_others = [path.name for path in _files(keyring.folder()) if path.stat().st_mode & 0o077]
    if open_to_others:
        says = f"readable by others: {', '.join(open_to_others)}"
        return Check("keys", State.BAD, says, f"Run: chmod 600 {keyring.folder()}/*")
    ring = keyring.ring()
    if ring.is_unfinished:
        says = f"the rotation to data key {ring.current} was interrupted, or runs now"
        return Check("keys", State.WARN, says, "Run “daybridge keys rotate”: it goes on.")
    return Check("keys", State.OK, f"present and private; data key {ring.current} is in use")


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.glob("*") if path.is_file())


def worker(at: datetime) -> Check:
    if not ready.has_tables() or ready.pending():
        return Check("worker", State.WARN, "not asked: the tables are not ready", "See migrations.")
    alive = [row for row in jobs.workers(at=at) if row.is_alive]
    if not alive:
        return Check("worker", State.WARN, "none is running; jobs wait", "Start “daybridge serve”.")
    return Check("worker", State.OK, f"{len(alive)} running, last heard {_ago(at - max(r.beat_at for r in alive))}")


def disk(at: datetime) -> Check:
    space = shutil.disk_usage(settings.HOME)
    says = f"{space.free / GIB:.1f} GiB free of {space.total / GIB:.1f}"
    if space.free < GIB // 2:
        return Check("disk", State.BAD, says, "Free some space: the database cannot grow.")
    if space.free < 2 * GIB or space.free < space.total // 50:
        return Check("disk", State.WARN, says, "Free some space soon.")
    return Check("disk", State.OK, says)


def mail(at: datetime) -> Check:
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return Check("mail", State.OK, f"by {settings.EMAIL_HOST}:{settings.EMAIL_PORT}")
    return Check("mail", State.WARN, "letters are only printed on the console", "Set DAYBRIDGE_SMTP_HOST.")


def clock(at: datetime) -> Check:
    if not ready.has_tables():
        return Check("clock", State.OK, f"{at:%Y-%m-%d %H:%M} UTC")
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_TIMESTAMP")
        told = cursor.fetchone()[0]
    there = told if isinstance(told, datetime) else datetime.fromisoformat(told).replace(tzinfo=UTC)
    if abs(there - at) > CLOCK_SLACK:
        apart = int(abs(there - at).total_seconds())
        return Check("clock", State.BAD, f"{apart} s apart from the database's", "Set both clocks by the network.")
    newest = Entry.objects.aggregate(newest=Max("at"))["newest"]
    if newest and newest > at + CLOCK_SLACK:
        says = f"behind the ledger's newest entry ({newest:%Y-%m-%d %H:%M} UTC)"
        return Check("clock", State.BAD, says, "Set the clock by the network (NTP).")
    return Check("clock", State.OK, f"{at:%Y-%m-%d %H:%M} UTC, as the database's")


def backups(at: datetime) -> Check:
    made = [datetime.fromtimestamp(path.stat().st_mtime, UTC) for path in making.folder().glob(f"*{making.SUFFIX}")]
    if not made:
        return Check("backups", State.WARN, "none in this home", "Run “daybridge backup”; serving does each night.")
    age = at - max(made)
    if age > BACKUP_AGE:
        return Check("backups", State.WARN, f"the newest was made {_ago(age)}", "See the Jobs page for what stopped.")
    return Check("backups", State.OK, f"{len(made)}, the newest made {_ago(age)}")


def points(at: datetime) -> Check:
    path = checkpoints.newest()
    if path is None:
        return Check(
            "checkpoints", State.WARN, "the ledger was never signed", "Run “daybridge verify --checkpoint FILE”."
        )
    try:
        age = at - checkpoints.read(path.read_bytes()).taken_at
    except Refused as error:
        return Check(
            "checkpoints", State.BAD, str(error), "Compare with a checkpoint kept elsewhere: verify --against."
        )
    if age > CHECKPOINT_AGE:
        says = f"the ledger was last signed {_ago(age)}"
        return Check("checkpoints", State.WARN, says, "See the Jobs page for why the nightly proof stopped.")
    return Check("checkpoints", State.OK, f"the ledger was signed {_ago(age)}")


def _ago(age: timedelta) -> str:
    seconds = max(0, int(age.total_seconds()))
    for size, word in ((86_400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds // size} {word} ago"
    return f"{seconds} seconds ago"
