"""Addresses of the room."""

from django.urls import path

from daybridge.people.views import guarding, mine, papers, posts, teams

app_name = "people"
urlpatterns = [
    path("staff/<uuid:user_id>/", posts.post, name="post"),
    path("staff/<uuid:user_id>/credential/", posts.licence, name="licence"),
    path("staff/<uuid:user_id>/credential/out/", posts.licence_drop, name="licence_drop"),
    path("staff/<uuid:user_id>/away/", posts.away, name="away"),
    path("staff/<uuid:user_id>/back/", posts.back, name="back"),
    path("staff/<uuid:user_id>/supervisor/", posts.supervisor, name="supervisor"),
    path("staff/<uuid:user_id>/stand-in/", posts.stand_in, name="stand_in"),
    path("staff/<uuid:user_id>/stand-in/out/", posts.stand_in_end, name="stand_in_end"),
    path("mine/", mine.mine, name="mine"),
    path("mine/away/", mine.away, name="mine_away"),
    path("mine/back/", mine.back, name="mine_back"),
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
