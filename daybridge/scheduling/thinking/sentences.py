"""What came of a question, in sentences: codes and ids in, words out; names no other client."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from daybridge.program.rules import clock
from daybridge.scheduling.shortfalls import hours
from daybridge.scheduling.thinking.answers import Question

DAYS = (
    gettext_lazy("Monday"), gettext_lazy("Tuesday"), gettext_lazy("Wednesday"), gettext_lazy("Thursday"),
    gettext_lazy("Friday"), gettext_lazy("Saturday"), gettext_lazy("Sunday"),
)  # fmt: skip
PARTS = (gettext_lazy("morning"), gettext_lazy("afternoon"), gettext_lazy("evening"))
ROWS = (
    ("clients", gettext_lazy("People"), ""), ("reached", gettext_lazy("Reach their hours"), "more"),
    ("waiting", gettext_lazy("Without any seat"), "less"), ("seats", gettext_lazy("Seats in groups"), "more"),
    ("seats_taken", gettext_lazy("Seats taken"), "more"), ("sessions", gettext_lazy("Groups"), ""),
    ("staff_minutes", gettext_lazy("Staff hours with clients"), ""),
    ("overtime_minutes", gettext_lazy("Hours of appointments without staff time"), "less"),
)  # fmt: skip
WITHOUT = {
    "availability": gettext_lazy("more free time"), "daily-minimum": gettext_lazy("days of under three hours"),
    "days-maximum": gettext_lazy("more days a week"), "days-minimum": gettext_lazy("fewer days a week"),
    "daily-maximum": gettext_lazy("longer days"), "weekly-maximum": gettext_lazy("more hours a week"),
    "category-maximum": gettext_lazy("more of one kind of group"),
    "meant-for-others": gettext_lazy("groups of another track"),
    "prerequisites": gettext_lazy("topics out of order"), "one-hour-less": gettext_lazy("one hour less in the plan"),
}  # fmt: skip


def idea(found: Mapping[str, Any], names: Mapping[str, str], shift: int = 0) -> tuple[str, str]:
    """What to do, and what it brings. `shift` is the weekday the program week begins on."""
    people, params = found["people"], found["params"]
    brings = ngettext("%(n)d more person reaches the hours", "%(n)d more people reach their hours", people)
    costs = _("%(hours)s staff hours a week") % {"hours": hours(found["minutes"])} if found["minutes"] else ""
    return _deed(found["code"], params, names, shift), ", ".join(filter(None, (brings % {"n": people}, costs)))


def _deed(code: str, params: Mapping[str, Any], names: Mapping[str, str], shift: int) -> str:
    day = str(DAYS[(params.get("day", 0) + shift) % 7])
    part = str(PARTS[min(params.get("part", 0), 2)])
    topics = " + ".join(names.get(one, _("group")) for one in params.get("topics", ()))
    if code == "block":
        told = {"day": day, "part": part, "time": clock(params["start"]), "topics": topics}
        track = names.get(params.get("population", ""), "")
        words = _("Open a %(day)s %(part)s block at %(time)s: %(topics)s") % told
        return _("%(words)s, for %(track)s") % {"words": words, "track": track} if track else words
    if code == "seat":
        return _("One seat more in the full groups of %(day)s %(part)s") % {"day": day, "part": part}
    if code == "second-facilitator":
        return _("A second facilitator in the full groups of %(day)s %(part)s") % {"day": day, "part": part}
    if code == "office":
        return _("One office more for individual sessions")
    who = names.get(str(params.get("staff", "")), _("a counselor"))
    return _("One hour more of %(name)s") % {"name": who}


def _tone(was: int, now: int, good: str) -> str:
    if was == now or not good:
        return ""
    return "ok" if (now > was) == (good == "more") else "wait"


def rows(before: Mapping[str, int], after: Mapping[str, int]) -> list[dict[str, Any]]:
    """The figures side by side; hours where they are minutes; which way is good."""
    out = []
    for key, label, good in ROWS:
        was, now = before[key], after[key]
        shown = [hours(value) if key.endswith("_minutes") else str(value) for value in (was, now, abs(now - was))]
        sign = "" if was == now else "+" if now > was else "−"
        out.append({"label": label, "was": shown[0], "now": shown[1], "change": sign + shown[2] if sign else "=",
                    "tone": _tone(was, now, good)})  # fmt: skip
    return out


def verdict(before: Mapping[str, int], after: Mapping[str, int]) -> str:
    """The figure people see, in a sentence."""
    more = after["reached"] - before["reached"]
    if more > 0:
        words = ngettext("%(n)d more person reaches the hours.", "%(n)d more people reach their hours.", more)
        return words % {"n": more}
    if more < 0:
        words = ngettext("%(n)d person fewer reaches the hours.", "%(n)d people fewer reach their hours.", -more)
        return words % {"n": -more}
    return _("Nobody more and nobody fewer reaches their hours.")


def compared(found: Mapping[str, Any]) -> tuple[str, tuple[dict[str, Any], ...]]:
    """The two weeks in one sentence and in figures; nothing when none were compared."""
    if "before" not in found:
        return "", ()
    both = found["before"], found["after"]
    return verdict(*both), tuple(rows(*both))


def reasons(why: Mapping[str, Any], names: Mapping[str, str], shift: int = 0) -> Iterator[str]:
    """Why one person's hours are short, and what would be enough, in sentences."""
    if why["reached"]:
        yield _("The hours are reached.")
        return
    if not why["possible_alone"]:
        yield _("Even in an empty clinic the hours could not be reached.")
        for part in why["restrictions"]:
            yield _("Enough would be: %(what)s.") % {"what": _(" and ").join(str(WITHOUT.get(c, c)) for c in part)}
        for one in why["half_days"]:
            told = {"day": DAYS[(one[0] + shift) % 7], "start": clock(one[2]), "end": clock(one[3])}
            yield _("Enough would be: to be free on %(day)s from %(start)s to %(end)s.") % told
        return
    yield from _among_others(why, names)


def _listed(ids: Iterable[str], names: Mapping[str, str], unnamed: str) -> str:
    return ", ".join(dict.fromkeys(names.get(one, unnamed) for one in ids))


def _among_others(why: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[str]:
    yield _("Alone the hours could be reached; among the others something is taken.")
    full = _listed(why["full_sessions"], names, _("a group"))
    if full:
        yield _("No seat is left in %(groups)s.") % {"groups": full}
    closed = _listed(why["closed_sessions"], names, _("a group"))
    if closed:
        yield _("Too few people come for these to meet: %(groups)s.") % {"groups": closed}
    busy = _listed((one[0] for one in why["busy_staff"]), names, _("a counselor"))
    if busy:
        yield _("No time is left with %(names)s.") % {"names": busy}
    if why["apart"]:
        yield _("Somebody the client is kept apart from sits in a group.")
    if why["could_move"]:
        words = ngettext(
            "%(n)d person in these groups has another way to their hours and could move.",
            "%(n)d people in these groups have another way to their hours and could move.", why["could_move"],
        )  # fmt: skip
        yield words % {"n": why["could_move"]}


def title(question: Question, names: Mapping[str, str]) -> str:
    """What was asked."""
    about = names.get(question.about, question.about)
    told = {"about": about, "day": DAYS[question.day], "time": clock(question.minute)}
    return {
        "block": _("What if %(about)s had a block on %(day)s at %(time)s?"),
        "room": _("What if there were one more room with %(about)s seats?"),
        "counselor": _("What if there were one more counselor like %(about)s?"),
        "admissions": _("What if %(about)s %% more people were admitted?"),
        "close": _("What if the site were closed?"),
        "ideas": _("What would help most?"),
        "why": _("Why are the hours not reached?"),
    }[question.kind] % told
