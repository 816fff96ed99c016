"""Addresses of the week."""

from django.urls import path

from daybridge.scheduling import views
from daybridge.scheduling.views import capacity, choosing, making_up

app_name = "scheduling"
urlpatterns = [
    path("", views.week, name="week"),
    path("lay/", views.lay, name="lay"),
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
    path("stand-in/", making_up.stand_ins, name="stand_ins"),
    path("stand-in/<uuid:session_id>/<uuid:staff_id>/", making_up.stand_in, name="stand_in"),
]
