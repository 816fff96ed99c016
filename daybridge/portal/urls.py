"""Addresses of the room: short, and silent about what they are for."""

from django.urls import path

from daybridge.portal.views import client, entrance, record, shared, staff

app_name = "portal"
urlpatterns = [
    path("", client.home, name="home"),
    path("in/<str:token>/", entrance.enter, name="enter"),
    path("out/", entrance.leave, name="leave"),
    path("language/", entrance.language, name="language"),
    # H3 path("sharing/", sharing.sharing, name="sharing"),
    # H3 path("sharing/new/<slug:form>/", sharing.share, name="share"),
    path("sharing/eyes/", shared.my_preview, name="my_preview"),
    path("sharing/<uuid:consent_id>/see/", shared.see, name="see"),
    # H3 path("sharing/<uuid:consent_id>/sign/", sharing.sign_draft, name="sign_draft"),
    # H3 path("sharing/<uuid:consent_id>/no/", sharing.refuse, name="refuse"),
    # H3 path("sharing/<uuid:consent_id>/stop/", sharing.stop, name="stop"),
    # H3 path("sharing/<uuid:consent_id>/copy/", sharing.copy, name="copy"),
    # H3 path("sharing/<uuid:consent_id>/copy.pdf", sharing.copy_pdf, name="copy_pdf"),
    # H3 path("form/<slug:form>/", sharing.sign, name="sign"),
    path("opened/", record.opened, name="opened"),
    path("letters/", record.letters, name="letters"),
    path("letters/<uuid:document_id>/", record.letter, name="letter"),
    path("phones/", client.phones, name="phones"),
    path("phones/give/", client.phone_give, name="phone_give"),
    path("phones/<uuid:pass_id>/end/", client.phone_end, name="phone_end"),
    path("shared/", shared.shared, name="shared"),
    path("for/<uuid:client_id>/", staff.passes, name="passes"),
    path("for/<uuid:client_id>/give/", staff.give, name="give"),
    path("for/<uuid:client_id>/preview/", shared.preview, name="preview"),
    path("for/pass/<uuid:pass_id>/end/", staff.end, name="end"),
]
