"""What the choices of a form are called: how a yes ends, and from when on it may be taken back."""

from django.utils.translation import gettext_lazy as _

from daybridge.consent.terms import ANY_TIME, CASE_DECIDED, FROM_DAY, ON_DAY, WHEN, WITH_TREATMENT

ENDINGS = {
    ON_DAY: _("After a last day"), WITH_TREATMENT: _("When my time here ends"), WHEN: _("When something happens"),
}  # fmt: skip
BINDINGS = {
    ANY_TIME: _("At any time"), FROM_DAY: _("From a day on, not before"), CASE_DECIDED: _("When my case is decided"),
}  # fmt: skip
