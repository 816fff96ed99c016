"""The program's words on its pages: weekdays, kinds, levels, and what each step of the setting-up asks for."""

from django.utils.translation import gettext_lazy as _

from daybridge.program.rules import Step

WEEKDAYS = [
    (0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")), (4, _("Friday")), (5, _("Saturday")),
    (6, _("Sunday")),
]  # fmt: skip
PARTS = [("day", _("Day")), ("evening", _("Evening")), ("weekend", _("Weekend"))]
LEVELS = [
    ("2.1", _("2.1 Intensive outpatient")), ("2.5", _("2.5 High-intensity outpatient")), ("1.5", _("1.5 Outpatient")),
]  # fmt: skip
POPULATIONS = [("adult", _("Adults")), ("young adult", _("Young adults")), ("adolescent", _("Adolescents"))]
CATEGORIES = [
    ("process", _("Process")), ("skills", _("Skills")), ("education", _("Education")), ("wellness", _("Wellness")),
    ("peer", _("Peer support")), ("family", _("Family")),
]  # fmt: skip

# what a step is called, where it is done
STEPS = {
    Step.STAFF: (_("Invite your staff"), "access:people"),
    Step.POSTS: (_("Say who works when, with which credential"), "program:overview"),
    Step.ROOMS: (_("Add the rooms"), "program:add_room"),
    Step.TOPICS: (_("Add what groups are about"), "program:add_topic"),
    Step.TRACKS: (_("Add a track: day, evening, weekend"), "program:add_track"),
    Step.GROUPS: (_("Add the groups that meet every week"), "program:add_group"),
    Step.REFERRAL: (_("Take the first referral"), "admissions:new"),
}
