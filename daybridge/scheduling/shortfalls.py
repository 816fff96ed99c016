"""Why a week is short, in sentences a coordinator can act on. Pure: the solver's reasons in, findings out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from daybridge.kit.decisions import Finding
from daybridge.program.rules import clock
from daybridge.scheduling.rules import Local
from daybridge.scheduling.solver.shortfall import Reason

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WHY = {
    "job": "job", "school": "school", "child-care": "child care", "transport": "transport", "court": "court",
    "other": "another commitment",
}  # fmt: skip
APPOINTMENT = {
    "appointment-no-shared-time": "the client is not free at any time an office is",
    "appointment-staff-away": "no counselor works when the client can come",
    "appointment-offices-full": "every office is taken when the client can come",
    "appointment-staff-busy": "counselors are taken whenever the client can come",
    "appointment-not-placed": "it does not go with the rest of the week",
}


@dataclass(frozen=True, slots=True)
class Life:
    """What the reasons are about: groups by id with title and time, and the client's commitments."""

    groups: Mapping[str, tuple[str, Local]]
    commitments: Sequence[tuple[str, int, int, int]]


def hours(minutes: int) -> str:
    """Minutes as hours without needless decimals."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


def when(span: Local) -> str:
    """A stretch as people say it: "Tue 5:30 pm"."""
    return f"{DAYS[span.weekday]} {clock(span.start)}"


def findings(reasons: Iterable[Reason], life: Life) -> tuple[Finding, ...]:
    """A sentence for each reason that a person can do something about, the shortage first; empty for none."""
    out: list[Finding] = []
    for reason in reasons:
        out += _of(reason, life)
    return tuple(dict.fromkeys(out))


def _of(reason: Reason, life: Life) -> list[Finding]:
    params = reason.params
    if reason.code == "short":
        return _short(params)
    if reason.code == "not-available":
        return _away(_ids(params), life)
    if reason.code == "full":
        return [_full(params, life)]
    if reason.code == "days-maximum":
        return [Finding("days-maximum", f"The plan allows {params['days_max']} days a week.")]
    if reason.code == "no-group":
        return [Finding("no-group", "No group of the client's track is still to come this week.")]
    if reason.code in APPOINTMENT:
        kind = str(params["requirement"]).partition("-")[0]
        return [Finding(reason.code, f"The {kind} session is not placed: {APPOINTMENT[reason.code]}.")]
    return []


def _short(params: Mapping[str, object]) -> list[Finding]:
    minutes, target, days, least = (int(str(params[n])) for n in ("minutes", "target_minutes", "days", "days_min"))
    out = []
    if minutes < target:
        out.append(Finding("short", f"Only {hours(minutes)} of {hours(target)} hours fit."))
    if days < least:
        out.append(Finding("few-days", f"The plan asks for {least} days a week; {days} fit."))
    return out


def _away(ids: Sequence[str], life: Life) -> list[Finding]:
    """The groups outside the client's time, told by what stands against them."""
    against: dict[tuple[str, int, int, int], list[str]] = {}
    for one in ids:
        title, span = life.groups[one]
        for kind, weekday, start, end in life.commitments:
            if weekday == span.weekday and start < span.end and span.start < end:
                against.setdefault((kind, weekday, start, end), []).append(title)
    return [
        Finding(
            "not-available",
            f"{WHY.get(kind, kind).capitalize()} on {DAYS[weekday]} from {clock(start)} to {clock(end)} "
            f"stands against {', '.join(dict.fromkeys(titles))}.",
        )
        for (kind, weekday, start, end), titles in sorted(against.items(), key=lambda row: row[0][1:])
    ]


def _full(params: Mapping[str, object], life: Life) -> Finding:
    names = ", ".join(f"{life.groups[one][0]} {when(life.groups[one][1])}" for one in _ids(params))
    return Finding("full", f"No seat is left in {names}.")


def _ids(params: Mapping[str, object]) -> tuple[str, ...]:
    ids = params["sessions"]
    assert isinstance(ids, tuple)
    return ids
