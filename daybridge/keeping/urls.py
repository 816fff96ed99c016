"""Addresses of the room."""

from django.urls import path

from daybridge.keeping.views import exports, holds, periods, purges

app_name = "keeping"
urlpatterns = [
    path("", periods.overview, name="overview"),
    path("periods/", periods.choose, name="choose"),
    path("periods/<uuid:period_id>/end/", periods.end, name="end"),
    path("due/", purges.due, name="due"),
    path("purges/", purges.propose, name="propose"),
    path("purges/<uuid:purge_id>/", purges.purge, name="purge"),
    path("purges/<uuid:purge_id>/approve/", purges.approve, name="approve"),
    path("purges/<uuid:purge_id>/decline/", purges.decline, name="decline"),
    path("purges/<uuid:purge_id>/withdraw/", purges.withdraw, name="withdraw"),
    path("purges/<uuid:purge_id>/certificate/", purges.certificate, name="certificate"),
    path("holds/", holds.holds, name="holds"),
    path("holds/place/", holds.place, name="place"),
    path("holds/<uuid:hold_id>/lift/", holds.lift, name="lift"),
    path("export/", exports.export, name="export"),
]
