"""The words of the phone desk's answer."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daybridge.consent.rules import Kind
from daybridge.consent.rules.desk import PUT_THROUGH, Answer, Call

SAID = {
    Kind.PRESENCE: gettext_lazy("{name} is a client here."),
    Kind.SCHEDULE: gettext_lazy("On which days and at what time {name} is expected."),
    Kind.ATTENDANCE: gettext_lazy("Whether {name} came."),
}
TALKED_ABOUT = {
    Kind.PLAN: gettext_lazy("the plan of care"),
    Kind.LEVEL_OF_CARE: gettext_lazy("the level of care"),
    Kind.MEDICATION: gettext_lazy("medicines"),
    Kind.DIAGNOSES: gettext_lazy("diagnoses"),
    Kind.MEASURES: gettext_lazy("how they are doing"),
    Kind.TESTS: gettext_lazy("test results"),
    Kind.BILLING: gettext_lazy("bills"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """An answer in words: what to say, what the care team may talk about, until when. Nothing to say: neither."""

    may_say: bool
    name: str
    caller: str
    sentences: tuple[str, ...]
    talked_about: tuple[str, ...]
    until: str


def said(*, call: Call, answer: Answer) -> Said:
    """An answer (`actions.answer`) in words, with the name as the caller said it: nothing is added from the record."""
    sentences = tuple(str(words).format(name=call.name) for kind, words in SAID.items() if kind in answer.kinds)
    about = tuple(str(TALKED_ABOUT[kind]) for kind in PUT_THROUGH if kind in answer.kinds)
    until = date_format(answer.until, "N j, Y") if answer.until else _("it is taken back")
    return Said(answer.may_say, call.name, call.caller, sentences, about, until)
