"""Addresses of the room."""

from django.urls import include, path

from daybridge.consent.views import choosing, copies, desk, paper, signing, standing

app_name = "consent"
consents = [
    path("<uuid:client_id>/", standing.forms, name="forms"),
    path("<uuid:client_id>/speaker/", standing.speaker, name="speaker"),
    path("<uuid:client_id>/revoke/<uuid:consent_id>/", standing.revoke, name="revoke"),
    path("<uuid:client_id>/happened/<uuid:consent_id>/", standing.happened, name="happened"),
    path("<uuid:client_id>/decide/<uuid:kept_id>/<uuid:set_aside_id>/", standing.decide, name="decide"),
    path("<uuid:consent_id>/copy/", copies.copy, name="copy"),
    path("<uuid:consent_id>/copy.pdf", copies.copy_pdf, name="copy_pdf"),
    path("draft/<uuid:consent_id>/", signing.read, name="read"),
    path("draft/<uuid:consent_id>/no/", signing.refuse_draft, name="refuse_draft"),
    path("draft/<uuid:consent_id>/choose/", choosing.change, name="change"),
    path("draft/<uuid:consent_id>/paper/", paper.paper, name="paper"),
    path("draft/<uuid:consent_id>/paper.pdf", paper.printed, name="printed"),
    path("<uuid:client_id>/<slug:form>/choose/", choosing.begin, name="begin"),
    path("<uuid:client_id>/<slug:form>/no/", signing.refuse, name="refuse"),
    path("<uuid:client_id>/<slug:form>/", signing.sign, name="sign"),
]
urlpatterns = [path("desk/", desk.desk, name="desk"), path("consent/", include(consents))]
