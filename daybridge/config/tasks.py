"""Every kind of background work, by name: the rooms write it, this list is what a worker may do."""

from django.utils.translation import gettext_lazy as _

from daybridge.jobs.rules import Style, Task

TASKS: dict[str, Task] = {
    "verify-chain": Task("daybridge.config.nightly.verify_chain", _("Prove the ledger"), Style.STEPWISE, 1800, 3),
    "lay-weeks": Task("daybridge.config.nightly.lay_weeks", _("Lay the coming weeks"), Style.STEPWISE, 1800, 3),
    "expire-consents": Task(
        "daybridge.config.nightly.expire_consents", _("End consents past their day"), Style.STEPWISE, 600, 3
    ),
    "backup": Task("daybridge.config.nightly.make_backup", _("Make a backup"), Style.STEPWISE, 3600, 3),
    "sweep-papers": Task("daybridge.keeping.work.sweep", _("Clear working papers"), Style.STEPWISE, 600, 3),
    "purge": Task("daybridge.keeping.work.purge", _("Purge records"), Style.STEPWISE, 3600, 5),
    "solve-week": Task(
        "daybridge.scheduling.actions.drafting.solve_draft", _("Work out a week"), Style.STEPWISE, 180, 2
    ),
    "think-through": Task(
        "daybridge.scheduling.thinking.work.answer", _("Think a change through"), Style.STEPWISE, 180, 2
    ),
    "draw-figure": Task("daybridge.attendance.figures.draw", _("Draw a figure"), Style.STEPWISE, 120, 3),
    "assemble-record": Task(
        "daybridge.rights.actions.packets.work", _("Put a record together"), Style.STEPWISE, 900, 3
    ),
}
NIGHTLY_MINUTE = {
    "expire-consents": 5,
    "verify-chain": 10,
    "lay-weeks": 20,
    "sweep-papers": 25,
    "backup": 30,
}  # minutes after 3 a.m., the program's time
OFTEN = {"daybridge.reminders.work.deliver": "*/5 * * * *"}  # what is called every few minutes
