"""Addresses of the room."""

from django.urls import path

from daybridge.people.views import guarding, papers, posts, teams

app_name = "people"
urlpatterns = [
    path("staff/<uuid:user_id>/", posts.post, name="post"),
    path("clients/<uuid:client_id>/documents/", papers.documents, name="documents"),
    path("clients/<uuid:client_id>/documents/keep/", papers.keep, name="document_keep"),
    path("documents/<uuid:document_id>/", papers.document, name="document"),
    path("clients/<uuid:client_id>/team/", teams.team, name="team"),
    path("clients/<uuid:client_id>/team/join/", teams.join, name="join"),
    path("clients/<uuid:client_id>/team/<uuid:member_id>/leave/", teams.leave, name="leave"),
    path("in-need/", guarding.glass, name="glass"),
    path("in-need/<uuid:glass_id>/end/", guarding.end_glass, name="end_glass"),
    path("guard/openings/", guarding.openings, name="openings"),
    path("guard/openings/<uuid:glass_id>/review/", guarding.review, name="review"),
    path("guard/hidden/", guarding.hidden, name="hidden"),
    path("guard/hidden/<uuid:hidden_id>/name/", guarding.name, name="name"),
    path("guard/hidden/<uuid:hidden_id>/unname/<uuid:user_id>/", guarding.unname, name="unname"),
    path("guard/hidden/<uuid:hidden_id>/show/", guarding.show, name="show"),
]
