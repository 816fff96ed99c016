"""Addresses of the room."""

from django.urls import path

from daybridge.people.views import papers, posts

app_name = "people"
urlpatterns = [
    path("staff/<uuid:user_id>/", posts.post, name="post"),
    path("clients/<uuid:client_id>/documents/", papers.documents, name="documents"),
    path("clients/<uuid:client_id>/documents/keep/", papers.keep, name="document_keep"),
    path("documents/<uuid:document_id>/", papers.document, name="document"),
]
