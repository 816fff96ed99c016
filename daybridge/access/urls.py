"""Addresses of the room."""

from django.urls import path

from daybridge.access.views import account, entrance, records, staff

app_name = "access"
urlpatterns = [
    path("invitation/<str:token>/", entrance.invitation, name="invitation"),
    path("welcome/", entrance.welcome, name="welcome"),
    path("welcome/enter/", entrance.enter, name="enter"),
    path("locked/", entrance.locked, name="locked"),
    path("account/", account.account, name="account"),
    path("account/sessions/", account.sessions, name="sessions"),
    path("account/sessions/end/", account.end_session, name="end_session"),
    path("account/sessions/end-others/", account.end_other_sessions, name="end_other_sessions"),
    path("staff/", staff.people, name="people"),
    path("staff/invite/", staff.invite, name="invite"),
    path("staff/invitations/<uuid:invitation_id>/renew/", staff.renew, name="renew"),
    path("staff/invitations/<uuid:invitation_id>/withdraw/", staff.withdraw, name="withdraw"),
    path("staff/<uuid:user_id>/", staff.person, name="person"),
    path("staff/<uuid:user_id>/grant/", staff.grant, name="grant"),
    path("staff/<uuid:user_id>/take-away/", staff.take_away, name="take_away"),
    path("staff/<uuid:user_id>/close/", staff.close, name="close"),
    path("staff/<uuid:user_id>/reopen/", staff.reopen, name="reopen"),
    path("staff/<uuid:user_id>/end-sessions/", staff.end_sessions, name="end_sessions"),
    path("staff/<uuid:user_id>/clear-second-step/", staff.clear_second_step, name="clear_second_step"),
    path("permissions/", records.permissions, name="permissions"),
    path("permissions/sign/", records.sign, name="sign"),
    path("ledger/", records.ledger, name="ledger"),
    path("ledger/prove/", records.prove, name="prove"),
    path("ledger/checkpoint/", records.checkpoint, name="checkpoint"),
]
