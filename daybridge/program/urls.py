"""Addresses of the room."""

from django.urls import path

from daybridge.program.views import adding, calendar, library, opening, overview, rooms, tracks

app_name = "program"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("tracks/", adding.add_track, name="add_track"),
    path("tracks/<uuid:track_id>/", tracks.track, name="track"),
    path("tracks/<uuid:track_id>/change/", tracks.change_track, name="change_track"),
    path("tracks/<uuid:track_id>/courses/", tracks.add_course, name="add_course"),
    path("tracks/<uuid:track_id>/courses/<uuid:course_id>/", tracks.add_lesson, name="add_lesson"),
    path("tracks/<uuid:track_id>/lessons/<uuid:lesson_id>/", tracks.change_lesson, name="change_lesson"),
    path("rooms/", adding.add_room, name="add_room"),
    path("rooms/<uuid:room_id>/", rooms.room, name="room"),
    path("topics/", adding.add_topic, name="add_topic"),
    path("topics/starter/", adding.add_starter_topics, name="add_starter_topics"),
    path("topics/<uuid:topic_id>/", rooms.topic, name="topic"),
    path("groups/", adding.add_group, name="add_group"),
    path("groups/<uuid:group_id>/", tracks.group, name="group"),
    path("library/", library.library, name="library"),
    path("library/<slug:entry_id>/", library.entry, name="entry"),
    path("library/<slug:entry_id>/take/", library.take_entry, name="take_entry"),
    path("library/<slug:entry_id>/handout.pdf", library.handout, name="handout"),
    path("library/<slug:entry_id>/outline.pdf", library.outline, name="outline"),
    path("days/", calendar.calendar, name="calendar"),
    path("days/close/", calendar.close_days, name="close_days"),
    path("days/holidays/", calendar.keep_holidays, name="keep_holidays"),
    path("days/<uuid:closure_id>/open/", calendar.open_days, name="open_days"),
    path("windows/", calendar.add_window, name="add_window"),
    path("windows/<uuid:window_id>/end/", calendar.end_window, name="end_window"),
    path("templates/", opening.templates, name="templates"),
    path("templates/<slug:template_id>/", opening.template, name="template"),
]
