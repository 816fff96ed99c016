"""Addresses of the week."""

from django.urls import path

from daybridge.scheduling import views
from daybridge.scheduling.views import (
    capacity,
    choosing,
    drafts,
    making_up,
    moving,
    notices,
    repairs,
    sheets,
    standing_in,
    thinking,
)

app_name = "scheduling"
urlpatterns = [
    path("", views.week, name="week"),
    path("lay/", views.lay, name="lay"),
    path("draft/", drafts.ask, name="ask"),
    path("draft/<uuid:draft_id>/", drafts.draft, name="draft"),
    path("draft/<uuid:draft_id>/progress/", drafts.progress, name="progress"),
    path("draft/<uuid:draft_id>/take/", drafts.take, name="take"),
    path("draft/<uuid:draft_id>/publish/", drafts.publish, name="publish"),
    path("draft/<uuid:draft_id>/discard/", drafts.discard, name="discard"),
    path("draft/<uuid:draft_id>/undo/", drafts.undo, name="undo"),
    path("something-came-up/", repairs.something, name="something"),
    path("something-came-up/away/", repairs.sick, name="sick"),
    path("something-came-up/room/", repairs.shut, name="shut"),
    path("seen/", notices.seen, name="seen"),
    path("client/<uuid:episode_id>/mend/", repairs.mend, name="mend"),
    path("session/<uuid:session_id>/move/", moving.move, name="move"),
    path("session/<uuid:session_id>/off/", repairs.off, name="off"),
    path("place/", views.place_all, name="place_all"),
    path("place/<uuid:episode_id>/", views.place, name="place"),
    path("client/<uuid:episode_id>/", views.client_week, name="client_week"),
    path("client/<uuid:episode_id>/print/", views.print_week, name="print"),
    path("session/<uuid:session_id>/", views.session, name="session"),
    path("session/<uuid:session_id>/cancel/", views.cancel, name="cancel"),
    path("session/<uuid:session_id>/restore/", views.restore, name="restore"),
    path("booking/<uuid:booking_id>/release/", views.release, name="release"),
    path("place/<uuid:episode_id>/shift/", choosing.shift, name="shift"),
    path("make-up/<uuid:episode_id>/", making_up.make_up, name="make_up"),
    path("capacity/", capacity.capacity, name="capacity"),
    path("door/<uuid:room_id>/", sheets.door, name="door"),
    path("lead/<uuid:staff_id>/", sheets.lead, name="lead"),
    path("what-if/", thinking.what_if, name="what_if"),
    path("what-if/<uuid:job_id>/", thinking.thought, name="thought"),
    path("why/<uuid:episode_id>/", thinking.why, name="why"),
    path("stand-in/", standing_in.stand_ins, name="stand_ins"),
    path("stand-in/<uuid:session_id>/<uuid:staff_id>/", standing_in.stand_in, name="stand_in"),
]
