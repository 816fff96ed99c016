"""What a consent says in words: as the client says it ("I"), to the client ("you"), about them ("they"). Pure."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from daybridge.consent.rules.words import RecipientType
from daybridge.consent.terms import BOXES, CASE_DECIDED, FROM_DAY, ON_DAY, WHEN, WITH_TREATMENT, Terms
from daybridge.consent.wording import HERE, LANGUAGES, one_line

ME, YOU, THEY = 0, 1, 2
Day = Callable[[date], str]


@cache
def words(language: str) -> Mapping[str, Any]:
    """The table of words of a language; English for one we do not have."""
    known = language[:2] if language[:2] in LANGUAGES else "en"
    return tomllib.loads((HERE / "texts" / f"words.{known}.toml").read_text(encoding="utf-8"))


def kind(code: str, language: str, voice: int = ME) -> str:
    """One kind of record as a phrase: "when I come"."""
    return _of("kinds", code, language, voice)


def purpose(code: str, language: str, voice: int = ME) -> str:
    """One purpose as a phrase: "to help with my care"."""
    return _of("purposes", code, language, voice)


def group(code: str, language: str, voice: int = ME) -> str:
    """A class of recipients as a phrase: "those who treat me"."""
    return _of("classes", code, language, voice)


def sensitivity(code: str, language: str) -> str:
    """A sensitive matter by name: "HIV"."""
    return str(words(language)["sensitivities"].get(code, code))


def _of(table: str, code: str, language: str, voice: int) -> str:
    said = words(language)[table].get(code)
    return said[voice] if said else code


def listed(phrases: Sequence[str], language: str) -> str:
    """ "one, two and three"."""
    if len(phrases) < 2:
        return "".join(phrases) or words(language)["nothing_ticked"]
    return f"{', '.join(phrases[:-1])} {words(language)['and']} {phrases[-1]}"


def who(recipient_type: str, name: str, relation: str, language: str, voice: int = ME) -> str:
    """The recipient by name: "Rosa Vega (mother)", or a class in words."""
    if recipient_type == RecipientType.CLASS:
        return group(relation, language, voice)
    return f"{one_line(name)} ({one_line(relation)})" if relation else one_line(name)


def period(terms: Terms, language: str, program: str, day: Day) -> str:
    """Which time the information is about, as a sentence."""
    start, end = terms.period_from, terms.period_until
    key = {(False, False): "period_all", (True, False): "period_from", (False, True): "period_until"}
    pattern = words(language)[key.get((start is not None, end is not None), "period_between")]
    return pattern.format(program=program, since=start and day(start), until=end and day(end))


def expiry(terms: Terms, language: str, program: str, day: Day) -> str:
    """When it ends, as a sentence of the form."""
    if terms.ends == ON_DAY and terms.expires_on:
        return words(language)["ends_on"].format(day=day(terms.expires_on))
    if terms.ends == WHEN:
        return words(language)["ends_when"].format(event=one_line(terms.event))
    if terms.ends == WITH_TREATMENT:
        return words(language)["ends_with_treatment"].format(program=program)
    return str(words(language)["ends_never"])


def taking_back(terms: Terms, language: str, program: str, day: Day) -> str:
    """From when on it may be taken back, and how: sentences of the form."""
    pattern = words(language)["taking_back"].get(terms.revocable or "any")
    return str(pattern).format(day=terms.revocable_on and day(terms.revocable_on), program=program)


def bound(terms: Terms, language: str, day: Day) -> str:
    """That it cannot be taken back yet, as a short sentence; "" where it can be at any time."""
    said = words(language)["untils"]
    if terms.revocable == FROM_DAY and terms.revocable_on:
        return said["bound_day"].format(day=day(terms.revocable_on))
    return str(said["bound_case"]) if terms.revocable == CASE_DECIDED else ""


def sensitive(terms: Terms, language: str) -> str:
    """What of the sensitive matters it covers and what it leaves out: one or two sentences."""
    told = words(language)
    inside = [sensitivity(one, language) for one in BOXES if one in terms.sensitivities]
    outside = [sensitivity(one, language) for one in BOXES if one not in terms.sensitivities]
    said = [told["also"].format(list=listed(inside, language))] if inside else []
    said += [told["leaves_out"].format(list=listed(outside, language))] if outside else []
    return "\n".join(said)


def fill(terms: Terms, language: str, *, program: str, day: Day) -> dict[str, str]:
    """Everything a form's words leave open, filled with what was chosen. Names stay within their line."""
    program = one_line(program)
    members = [one_line(one) for one in terms.members] or [words(language)["treating"]]
    return {
        "recipient": who(terms.recipient_type, terms.name, terms.relation, language),
        "kinds": "\n".join(f"- {kind(one, language)}" for one in terms.kinds),
        "sensitive": sensitive(terms, language),
        "purpose": listed([purpose(one, language) for one in terms.purposes], language),
        "period": period(terms, language, program, day),
        "expiry": expiry(terms, language, program, day),
        "members": "\n".join(f"- {one}" for one in members),
        "matter": one_line(terms.matter),
        "taking_back": taking_back(terms, language, program, day),
    }


def sentence(form: str, terms: Terms, language: str, voice: int, tense: str = "now") -> str:
    """What a consent lets somebody know, in one sentence: "Ana Vega (mother) may know: that you come here." """
    if not terms.recipient_type:
        return _of("fixed", form, language, voice)  # a form that asks nothing
    known = [kind(one, language, voice) for one in terms.kinds]
    name = who(terms.recipient_type, terms.name, terms.relation, language, voice)
    said = words(language)["tenses"][tense].format(who=name[:1].upper() + name[1:], list=", ".join(known))
    about = [sensitivity(one, language) for one in BOXES if one in terms.sensitivities]
    return f"{said} {words(language)['untils']['also'].format(list=listed(about, language))}" if about else said


def until(terms: Terms, language: str, day: Day) -> str:
    """Until when it holds, as a short sentence: "Until March 1, 2027." """
    said = words(language)["untils"]
    if terms.ends == ON_DAY and terms.expires_on:
        return said["day"].format(day=day(terms.expires_on))
    if terms.ends == WHEN:
        return said["event"].format(event=one_line(terms.event))
    return str(said["treatment" if terms.ends == WITH_TREATMENT else "never"])
