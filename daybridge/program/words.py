"""The program's words on its pages: weekdays, kinds, levels, and what each step of the setting-up asks for."""

from django.utils.translation import gettext_lazy as _

from daybridge.program.rules import Step

WEEKDAYS = [
    (0, _("Monday")), (1, _("Tuesday")), (2, _("Wednesday")), (3, _("Thursday")), (4, _("Friday")), (5, _("Saturday")),
    (6, _("Sunday")),
]  # fmt: skip
PARTS = [
    ("day", _("Day")), ("afternoon", _("Afternoon")), ("evening", _("Evening")), ("weekend", _("Weekend")),
]  # fmt: skip
MODALITIES = [("on-site", _("On site")), ("telehealth", _("By video")), ("hybrid", _("Both"))]
GENDERS = [("all", _("Everybody")), ("women", _("Women")), ("men", _("Men"))]
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
FOCUSES = [
    ("all", _("None in particular")), ("co-occurring", _("Mental health too")), ("trauma", _("Trauma")),
    ("opioid", _("Opioids")), ("alcohol", _("Alcohol")), ("eating", _("Eating")),
]  # fmt: skip
FEATURES = [
    ("projector", _("Projector")), ("whiteboard", _("Whiteboard")), ("video", _("Video for telehealth")),
    ("sink", _("Sink")), ("quiet", _("Quiet")), ("mats", _("Mats, room to move")), ("outdoor", _("Door to outside")),
    ("hearing-loop", _("Hearing loop")),
]  # fmt: skip
WINDOWS = [("drug-test", _("Drug tests")), ("medication-clinic", _("Medication clinic"))]
MODES = [("open", _("Open: join any week")), ("closed", _("Closed: begun together"))]
LEVELS = [
    ("2.1", _("2.1 Intensive outpatient")), ("2.5", _("2.5 High-intensity outpatient")), ("1.5", _("1.5 Outpatient")),
]  # fmt: skip
POPULATIONS = [("adult", _("Adults")), ("young adult", _("Young adults")), ("adolescent", _("Adolescents"))]
CATEGORIES = [
    ("process", _("Process")), ("skills", _("Skills")), ("education", _("Education")),
    ("life-skills", _("Life skills")), ("wellness", _("Wellness")), ("peer", _("Peer support")),
    ("family", _("Family")),
]  # fmt: skip

# what stands against a slot of a template
MISSING = {
    "room": _("no group room is free then"), "credential": _("nobody holds a credential it asks for"),
    "hours": _("nobody who may lead it works then"), "taken": _("whoever may lead it leads something else then"),
}  # fmt: skip
# the steps of an outline, in the language the outline is in and not in the reader's
STEP_KINDS = {
    "en": {"open": "Open", "teach": "Explain", "exercise": "Do", "discuss": "Talk", "break": "Break", "close": "Close"},
    "es": {
        "open": "Abrir", "teach": "Explicar", "exercise": "Hacer", "discuss": "Conversar", "break": "Descanso",
        "close": "Cerrar",
    },
}  # fmt: skip

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
