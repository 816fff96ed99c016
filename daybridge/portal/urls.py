"""Addresses of the room: short, and silent about what they are for."""

from django.urls import path

from daybridge.portal.views import asking, client, entrance, life, record, reminders, shared, sharing, signing, staff

app_name = "portal"
urlpatterns = [
    path("", client.home, name="home"),
    path("in/<str:token>/", entrance.enter, name="enter"),
    path("out/", entrance.leave, name="leave"),
    path("language/", entrance.language, name="language"),
    path("sharing/", sharing.sharing, name="sharing"),
    path("sharing/new/<slug:form>/", sharing.share, name="share"),
    path("sharing/eyes/", shared.my_preview, name="my_preview"),
    path("sharing/<uuid:consent_id>/see/", shared.see, name="see"),
    path("sharing/<uuid:consent_id>/sign/", signing.sign_draft, name="sign_draft"),
    path("sharing/<uuid:consent_id>/no/", signing.refuse_draft, name="refuse_draft"),
    path("sharing/<uuid:consent_id>/stop/", sharing.stop, name="stop"),
    path("sharing/<uuid:consent_id>/copy/", signing.copy, name="copy"),
    path("sharing/<uuid:consent_id>/copy.pdf", signing.copy_pdf, name="copy_pdf"),
    path("form/<slug:form>/", signing.sign, name="sign"),
    path("form/<slug:form>/no/", signing.refuse, name="refuse"),
    path("opened/", record.opened, name="opened"),
    path("requests/", asking.requests, name="requests"),
    path("requests/new/<slug:kind>/", asking.ask, name="ask"),
    path("requests/<uuid:request_id>/record/", asking.record, name="record"),
    path("requests/letters/<uuid:letter_id>/", asking.answer, name="answer"),
    path("notice/", asking.notice, name="notice"),
    path("letters/", record.letters, name="letters"),
    path("letters/<uuid:document_id>/", record.letter, name="letter"),
    path("week/seen/", client.week_seen, name="week_seen"),
    path("life/", life.life, name="life"),
    path("reminders/", reminders.reminders, name="reminders"),
    path("reminders/how/", reminders.reminder_wish, name="reminder_wish"),
    path("reminders/calendar/", reminders.calendar_give, name="calendar_give"),
    path("reminders/calendar/<uuid:feed_id>/end/", reminders.calendar_end, name="calendar_end"),
    path("phones/", client.phones, name="phones"),
    path("phones/give/", client.phone_give, name="phone_give"),
    path("phones/<uuid:pass_id>/end/", client.phone_end, name="phone_end"),
    path("shared/", shared.shared, name="shared"),
    path("for/<uuid:client_id>/", staff.passes, name="passes"),
    path("for/<uuid:client_id>/give/", staff.give, name="give"),
    path("for/<uuid:client_id>/preview/", shared.preview, name="preview"),
    path("for/pass/<uuid:pass_id>/end/", staff.end, name="end"),
]
