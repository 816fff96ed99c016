"""Addresses of the room."""

from daybridge.admissions.views import admit, assess, board, intake, referral

app_name = "admissions"
urlpatterns = [*board.patterns, *intake.patterns, *referral.patterns, *assess.patterns, *admit.patterns]
