"""Addresses of the room."""

from django.urls import path

from daybridge.rights.views import breaches, desk, notices, papers, requests, taking

app_name = "rights"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("requests/", requests.worklist, name="requests"),
    path("requests/<uuid:request_id>/", requests.one, name="request"),
    path("requests/<uuid:request_id>/begin/", requests.begin, name="begin"),
    path("requests/<uuid:request_id>/extend/", requests.extend, name="extend"),
    path("requests/<uuid:request_id>/answer/", requests.answer, name="answer"),
    path("requests/<uuid:request_id>/deliver/", requests.deliver, name="deliver"),
    path("requests/<uuid:request_id>/close/", requests.close, name="close"),
    path("requests/<uuid:request_id>/withdraw/", requests.withdraw, name="withdraw"),
    path("requests/<uuid:request_id>/disagree/", requests.disagree, name="disagree"),
    path("requests/<uuid:request_id>/assemble/", requests.assemble, name="assemble"),
    path("requests/<uuid:request_id>/record/", papers.record, name="record"),
    path("requests/<uuid:request_id>/record.pdf", papers.record_pages, name="record_pages"),
    path("requests/<uuid:request_id>/record.zip", papers.record_files, name="record_files"),
    path("requests/<uuid:request_id>/list.pdf", papers.left_list, name="left_list"),
    path("requests/<uuid:request_id>/taken/", taking.taken, name="taken"),
    path("take/", taking.find, name="find"),
    path("take/<uuid:client_id>/", taking.take, name="take"),
    path("letters/<uuid:letter_id>.pdf", papers.letter, name="letter"),
    path("opened/<uuid:client_id>/", desk.opened, name="opened"),
    path("disclosures/<uuid:client_id>/", desk.disclosures, name="disclosures"),
    path("breaches/", breaches.reports, name="breaches"),
    path("breaches/report/", breaches.report, name="report"),
    path("breaches/<uuid:breach_id>/", breaches.one, name="breach"),
    path("breaches/<uuid:breach_id>/weigh/", breaches.weigh, name="weigh"),
    path("breaches/<uuid:breach_id>/touch/", breaches.touch, name="touch"),
    path("breaches/<uuid:breach_id>/people/<uuid:person_id>/off/", breaches.untouch, name="untouch"),
    path("breaches/<uuid:breach_id>/people/<uuid:person_id>/told/", breaches.tell, name="tell"),
    path("breaches/<uuid:breach_id>/letters/", breaches.write, name="write_letters"),
    path("breaches/<uuid:breach_id>/letters/print/", breaches.print_letters, name="print_letters"),
    path("breaches/<uuid:breach_id>/told/", breaches.told, name="told"),
    path("breaches/<uuid:breach_id>/close/", breaches.close, name="close_breach"),
    path("notice/", notices.notice, name="notice"),
    path("notice.pdf", notices.notice_pdf, name="notice_pdf"),
    path("notice/<uuid:client_id>/", notices.give, name="give_notice"),
]
