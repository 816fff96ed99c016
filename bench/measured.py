"""Run beside a fresh home: `python -m bench.measured CLIENTS` fills it and prints what the pages cost, as JSON."""

import json
import sys
import time
from collections.abc import Callable
from io import BytesIO
from statistics import median, quantiles
from uuid import UUID

from daybridge.config import ready

WARM, ROUNDS = 5, 60


def main(clients: int) -> None:
    ready.django()
    ready.database()
    from django.conf import settings
    from django.utils import timezone

    settings.ROOT_URLCONF = "bench.addresses"
    settings.ALLOWED_HOSTS = ["testserver"]
    _collect()
    from bench import scale

    began, now = time.perf_counter(), timezone.now()
    houses = scale.fill(clients, now)
    _settle()
    filled = time.perf_counter() - began
    pages = _pages(houses[0], now)
    print(json.dumps({"clients": clients, "sites": len(houses), "filled_s": round(filled, 1), "pages": _cost(pages)}))


def _collect() -> None:
    from daybridge.config.serving import statics

    statics.collect()


def _settle() -> None:
    """What a database does by itself overnight."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _pages(house, now) -> dict[str, Callable[[], None]]:
    """Each page as a call that answers it once, straight through the WSGI application."""
    from daybridge.access.rules import Role
    from daybridge.attendance import actions as attendance
    from daybridge.people.models import CareTeamMember
    from daybridge.scheduling.models import Session

    counselor, intake = house.staff[Role.COUNSELOR][0], house.staff[Role.INTAKE][0]
    client = CareTeamMember.objects.filter(staff=counselor, until=None).values_list("client_id", flat=True)[0]
    session = Session.objects.filter(site=house.site, status="planned", ends_at__lt=now).latest("starts_at")
    attendance.open_roll(session_id=session.id, by=counselor.user, at=now)
    with_counselor, with_intake = _signed_in(counselor.user), _signed_in(intake.user)
    return {
        "empty": with_counselor("/bench/empty/"), "Today": with_counselor("/"), "board": with_intake("/admissions/"),
        "chart": with_counselor(f"/clients/{UUID(str(client))}/"), "roll": with_counselor(f"/roll/{session.id}/"),
    }  # fmt: skip


def _signed_in(user) -> Callable[[str], Callable[[], None]]:
    from django.conf import settings
    from django.test import Client

    from daybridge.config.wsgi import application  # what the server serves, with its collector

    browser = Client()
    browser.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    cookie = f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"

    def asking(path: str) -> Callable[[], None]:
        def ask() -> None:
            told: list[str] = []
            answer = application(_environ(path, cookie), lambda status, headers: told.append(status))
            list(answer)
            answer.close()
            if not told[0].startswith("200"):
                raise SystemExit(f"{path} answers {told[0]}")

        return ask

    return asking


def _environ(path: str, cookie: str) -> dict[str, object]:
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "testserver",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "testserver", "HTTP_COOKIE": cookie,
        "REMOTE_ADDR": "127.0.0.1", "HTTP_ACCEPT": "text/html", "wsgi.input": BytesIO(), "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http", "wsgi.version": (1, 0), "wsgi.multithread": False, "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }  # fmt: skip


def _cost(pages: dict[str, Callable[[], None]]) -> dict[str, dict[str, float]]:
    """Milliseconds and queries of each page, taken in turns so that a noisy moment meets all of them."""
    spent: dict[str, list[float]] = {name: [] for name in pages}
    busy: dict[str, list[float]] = {name: [] for name in pages}
    for place in range(WARM + ROUNDS):
        for name, ask in pages.items():
            began, worked = time.perf_counter(), time.process_time()
            ask()
            if place >= WARM:
                spent[name].append((time.perf_counter() - began) * 1000)
                busy[name].append((time.process_time() - worked) * 1000)
    base = median(spent["empty"])
    return {
        name: {
            "p50_ms": round(median(times), 2), "p95_ms": round(quantiles(times, n=20)[-1], 2),
            "processor_ms": round(median(busy[name]), 2), "of_empty": round(base / median(times), 3),
            "queries": _queries(pages[name]),
        } for name, times in spent.items()
    }  # fmt: skip


def _queries(ask: Callable[[], None]) -> int:
    from django.db import connection, reset_queries
    from django.test.utils import CaptureQueriesContext

    ask()  # the idle lock stamps a session every few seconds; not in the one that is counted
    reset_queries()
    with CaptureQueriesContext(connection) as caught:
        ask()
    return len([one for one in caught.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))])


if __name__ == "__main__":
    main(int(sys.argv[1]))
