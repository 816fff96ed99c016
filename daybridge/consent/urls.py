"""Addresses of the room."""

from django.urls import path

from daybridge.consent import views

app_name = "consent"
urlpatterns = [
    path("<uuid:client_id>/", views.forms, name="forms"),
    path("<uuid:consent_id>/copy/", views.copy, name="copy"),
    path("<uuid:consent_id>/copy.pdf", views.copy_pdf, name="copy_pdf"),
    path("<uuid:client_id>/revoke/<uuid:consent_id>/", views.revoke, name="revoke"),
    path("<uuid:client_id>/<slug:form>/", views.sign, name="sign"),
]
