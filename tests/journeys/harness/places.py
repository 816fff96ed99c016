"""A home and a database of one's own, gone afterwards. The benchmarks use them too."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit
from uuid import uuid4


@contextmanager
def place() -> Iterator[dict[str, str]]:
    """Surroundings (environment variables) with a fresh home and a fresh database; gone afterwards."""
    home = tempfile.mkdtemp(prefix="daybridge-own-")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DAYBRIDGE_", "DJANGO_"))}
    server = kept.pop("DATABASE_URL", "")
    kept |= {"DAYBRIDGE_HOME": home, "DJANGO_SETTINGS_MODULE": "daybridge.config.settings"}
    try:
        with database(server) as url:
            yield kept | ({"DATABASE_URL": url} if url else {})
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def database(server: str) -> Iterator[str]:
    """A database of its own on this PostgreSQL server; "" where none is named: the embedded one is meant."""
    if not server:
        yield ""
        return
    import psycopg

    name = f"daybridge_own_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        parts = urlsplit(server)
        yield f"{parts.scheme}://{parts.netloc}/{name}?{parts.query}"
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
