"""Every address of the house, room by room."""

from django.urls import include, path

from daybridge.access.gates import public, requires
from daybridge.access.rules import Permission
from daybridge.config.health import health
from daybridge.ui import views as ui

# The ui room stands below access and cannot name permissions itself.
for view in (ui.drafts, ui.draft, ui.discard, ui.pulse):
    requires(Permission.DRAFTS_KEEP)(view)
public("the pattern book of components; it shows no record")(ui.gallery)

urlpatterns = [
    path("", include("daybridge.watch.urls")),
    path("", include("daybridge.chart.urls")),
    path("admissions/", include("daybridge.admissions.urls")),
    path("level-of-care/", include("daybridge.level_of_care.urls")),
    path("", include("daybridge.consent.urls")),
    path("plans/", include("daybridge.plans.urls")),
    path("people/", include("daybridge.people.urls")),
    path("program/", include("daybridge.program.urls")),
    path("week/", include("daybridge.scheduling.urls")),
    path("roll/", include("daybridge.attendance.urls")),
    path("", include("daybridge.reminders.urls")),
    path("notes/", include("daybridge.notes.urls")),
    path("rights/", include("daybridge.rights.urls")),
    path("release/", include("daybridge.release.urls")),
    path("keeping/", include("daybridge.keeping.urls")),
    path("my/", include("daybridge.portal.urls")),
    path("refer/", include("daybridge.frontdoor.urls")),
    path("jobs/", include("daybridge.jobs.urls")),
    path("health/", health, name="health"),
    path("", include("daybridge.access.urls")),
    path("", include("daybridge.ui.urls")),
    path("accounts/", include("allauth.urls")),
]
