"""What the client's first page holds."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from daybridge.attendance.rules import Hours
from daybridge.ui.charts import bridge, hour_words


@dataclass(frozen=True, slots=True)
class Next:
    """The next session: when in words ("in 50 minutes"), what, where; `is_now` while it runs."""

    title: str
    starts_at: datetime
    room: str
    site: str
    when: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Something that asks for the client: where, what, and one more sentence."""

    url: str
    words: str
    more: str


@dataclass(frozen=True, slots=True)
class Home:
    """What the client sees first. `hours` is None without a stay or a plan."""

    called: str
    next: Next | None
    hours: Hours | None
    counselor: str
    waits: tuple[Wait, ...]
    told: tuple[str, ...] = ()

    @property
    def bridge(self) -> SafeString:
        hours = self.hours
        return bridge(delivered=hours.delivered, booked=hours.booked, prescribed=hours.prescribed)

    @property
    def hours_words(self) -> str:
        came, plan = hour_words(self.hours.delivered), hour_words(self.hours.prescribed)
        return _("%(came)s of your %(plan)s hours") % {"came": came, "plan": plan}

    @property
    def hours_more(self) -> str:
        """What is still to come this week, kindly."""
        if self.hours.delivered >= self.hours.prescribed:
            return _("You made your week. Well done.")
        if self.hours.likely >= self.hours.prescribed:
            return _("What is booked gets you there.")
        if self.hours.booked:
            return _("What is booked brings you to %(hours)s.") % {"hours": hour_words(self.hours.likely)}
        return _("Call us to find a time that works for you.")
