"""Signing: one-time tickets, who must sign, paper, refusing, and whether it is still what was signed."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.db import connection

from daybridge.access.rules import Role
from daybridge.access.tests import factories as access
from daybridge.audit.models import Entry
from daybridge.consent import actions, documents, gate, queries, wording
from daybridge.consent.models import Consent, ConsentSignature
from daybridge.consent.rules import Recipient, Request
from daybridge.consent.tests import factories
from daybridge.kit.errors import BadInput, IllegalMove, NotAllowed, Refused
from daybridge.people.models import Client, Document
from daybridge.people.tests import factories as people
from daybridge.people.tests.test_documents import png

PNG = png()
TO_MOTHER = Request(
    recipient=Recipient("person", "Ana Vega", "mother"), purpose="family", kinds=("presence", "plan"), what="a call"
)


@pytest.fixture
def client(site):
    return people.client(site, given_name="Rosa", family_name="Delgado", birth_date=date(1990, 5, 1))


@pytest.fixture
def minor(site):
    return people.client(site, given_name="Nia", family_name="Okafor", birth_date=date(2011, 5, 1))


@pytest.fixture
def by(users):
    return users[Role.INTAKE]


def sign_draft(consent, signature, *, by, at):
    return actions.sign_draft(consent_id=consent.id, language="en", signature=signature, by=by, at=at)


def ticket(consent, *, by, at):
    return queries.draft_page(consent_id=consent.id, language="en", at=at, by=by).ticket


@pytest.mark.parametrize("form", wording.FORMS)
@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_every_form_can_be_signed_in_both_languages_and_is_intact(client, by, now, form, language):
    consent = factories.signed(client, form, by=by, at=now, language=language)
    assert (consent.status, consent.language, consent.signed_at) == ("active", language, now)
    assert queries.intact(consent=Consent.objects.get(pk=consent.pk))
    assert consent.signatures.get().text_hash == consent.text_hash


@pytest.mark.parametrize("form", wording.FORMS)
@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_every_form_has_a_tagged_copy_in_its_language(client, by, now, form, language):
    consent = factories.signed(client, form, by=by, at=now, language=language)
    clearance, kept = actions.give_copy(consent_id=consent.id, by=by, at=now)
    made = pikepdf.open(BytesIO(documents.consent_pdf(clearance, queries.copy(clearance=clearance, consent=kept))))
    assert (made.Root.MarkInfo.Marked, str(made.Root.Lang)) == (True, language)
    assert "/StructTreeRoot" in made.Root


def test_what_was_chosen_may_leave_and_nothing_else(client, by, now):
    factories.signed(client, "family", by=by, at=now)
    assert gate.clear(client=client, request=TO_MOTHER, by=by, at=now).kinds == ("presence",)


def test_a_draft_lets_nothing_out(client, by, now):
    factories.draft(client, by=by, at=now)
    with pytest.raises(Refused):
        gate.clear(client=client, request=TO_MOTHER, by=by, at=now)


def test_the_client_signs_on_their_own_phone_with_a_ticket(client, by, now):
    guest, draft = factories.guest(client), factories.draft(client, by=by, at=now)
    signature = factories.typed(ticket=ticket(draft, by=guest, at=now))
    consent = sign_draft(draft, signature, by=guest, at=now + timedelta(minutes=5))
    assert (consent.status, consent.witness, consent.signatures.get().place) == ("active", None, "own phone")
    assert Entry.objects.get(verb="consent.sign").actor == f"client:{client.id}"


def test_a_phone_without_a_ticket_signs_nothing(client, by, now):
    guest = factories.guest(client)
    with pytest.raises(Refused, match="cannot be signed as it was sent"):
        actions.sign(
            client_id=client.id, form="treatment", language="en", signature=factories.typed(), by=guest, at=now
        )
    assert not Consent.objects.exists()


def test_a_guest_reaches_no_other_client(client, site, by, now):
    other = people.client(site)
    draft = factories.draft(other, by=by, at=now)
    guest = factories.guest(client)
    with pytest.raises(Consent.DoesNotExist):
        queries.draft_page(consent_id=draft.id, language="en", at=now, by=guest)
    with pytest.raises(Consent.DoesNotExist):
        sign_draft(draft, factories.typed(), by=guest, at=now)
    with pytest.raises(Client.DoesNotExist):
        queries.shared(client_id=other.id, language="en", at=now, by=guest)


def test_a_page_sent_twice_signs_once_and_says_so_in_one_sentence(client, by, now):
    draft = factories.draft(client, by=by, at=now)
    signature = factories.typed(ticket=ticket(draft, by=by, at=now))
    sign_draft(draft, signature, by=by, at=now)
    with pytest.raises(Refused, match="sent before"):
        sign_draft(draft, signature, by=by, at=now)
    actions.revoke(consent_id=draft.id, reason="", by=by, at=now)
    with pytest.raises(Refused, match="sent before"):
        sign_draft(draft, signature, by=by, at=now)
    assert ConsentSignature.objects.count() == 1


def test_the_ticket_of_a_form_cannot_be_replayed_after_taking_it_back(client, by, now):
    page = queries.page(client_id=client.id, form="telehealth", language="en", at=now, by=by)
    sign = {"client_id": client.id, "form": "telehealth", "language": "en", "by": by, "at": now}
    consent = actions.sign(**sign, signature=factories.typed(ticket=page.ticket))
    actions.revoke(consent_id=consent.id, reason="", by=by, at=now)
    with pytest.raises(Refused, match="sent before"):
        actions.sign(**sign, signature=factories.typed(ticket=page.ticket))


@pytest.mark.parametrize("change", [lambda t: t[:-2] + "xx", lambda t: "", lambda t: "x" * 3000, lambda t: t + ":1"])
def test_a_forged_ticket_is_refused(client, by, now, change):
    draft, guest = factories.draft(client, by=by, at=now), factories.guest(client)
    with pytest.raises(Refused, match="cannot be signed as it was sent"):
        sign_draft(draft, factories.typed(ticket=change(ticket(draft, by=guest, at=now))), by=guest, at=now)


def test_a_ticket_is_good_for_its_own_page_person_and_time_only(client, site, by, users, now):
    draft, other = factories.draft(client, by=by, at=now), factories.draft(people.client(site), by=by, at=now)
    mine = factories.typed(ticket=ticket(draft, by=by, at=now))
    with pytest.raises(Refused, match="cannot be signed"):
        sign_draft(other, mine, by=by, at=now)
    with pytest.raises(Refused, match="cannot be signed"):
        sign_draft(draft, mine, by=users[Role.DIRECTOR], at=now)
    with pytest.raises(Refused, match="open too long"):
        sign_draft(draft, mine, by=by, at=now + timedelta(minutes=121))
    with pytest.raises(Refused, match="open too long"):
        sign_draft(draft, mine, by=by, at=now - timedelta(minutes=1))
    actions.change(consent_id=draft.id, language="en", chosen=replace(factories.MOTHER, name="Eva Vega"), by=by, at=now)
    with pytest.raises(Refused, match="words of this form changed"):
        sign_draft(draft, mine, by=by, at=now)


def test_text_or_choices_changed_after_signing_show(client, by, now):
    consent = factories.signed(client, "family", by=by, at=now)
    Consent.objects.filter(pk=consent.pk).update(kinds=["presence", "schedule", "attendance", "tests"])
    assert not queries.intact(consent=Consent.objects.get(pk=consent.pk))
    Consent.objects.filter(pk=consent.pk).update(kinds=["presence", "schedule", "attendance"])
    assert queries.intact(consent=Consent.objects.get(pk=consent.pk))
    text = consent.text.replace("Ana", "Eva")
    Consent.objects.filter(pk=consent.pk).update(text=text)
    assert not queries.intact(consent=Consent.objects.get(pk=consent.pk))
    hashed = wording.text_hash(text)
    Consent.objects.filter(pk=consent.pk).update(text_hash=hashed)
    consent.signatures.update(text_hash=hashed)
    assert not queries.intact(consent=Consent.objects.get(pk=consent.pk)), "the ledger remembers"


def test_a_consent_slipped_into_the_database_is_not_intact(client, by, now):
    consent = factories.signed(client, "family", by=by, at=now)
    consent.pk = client.id
    consent.save(force_insert=True)
    assert not queries.intact(consent=Consent.objects.get(pk=client.id))


def test_a_minor_and_a_parent_both_sign_the_same_words_the_second_perhaps_later(minor, by, now):
    draft = factories.draft(minor, by=by, at=now)
    page = queries.draft_page(consent_id=draft.id, language="en", at=now, by=by)
    assert page.signers == ("self", "parent", "guardian")
    assert "parent" in page.why_two
    first = sign_draft(draft, factories.typed("Nia Okafor"), by=by, at=now)
    assert (first.status, first.signed_at) == ("draft", None)
    with pytest.raises(Refused, match="signed already"):
        sign_draft(draft, factories.typed("Nia Okafor"), by=by, at=now)
    later = now + timedelta(days=3)
    page = queries.draft_page(consent_id=draft.id, language="es", at=later, by=by)
    assert (page.signers, page.signed, page.text_hash) == (("parent", "guardian"), ("Nia Okafor",), first.text_hash)
    mother = factories.typed("Ada Okafor", relation="parent", ticket=page.ticket)
    both = sign_draft(draft, mother, by=by, at=later)
    assert (both.status, both.signed_at, both.signer_name) == ("active", later, "Nia Okafor")
    assert queries.intact(consent=Consent.objects.get(pk=both.pk))


def test_treatment_of_a_minor_waits_for_the_parent_too(minor, by, now):
    consent = factories.signed(minor, "treatment", by=by, at=now)
    assert consent.status == "draft"
    assert not queries.standing(client_id=minor.id, at=now, by=by).treatment
    sign_draft(consent, factories.typed("Ada Okafor", relation="parent"), by=by, at=now)
    assert queries.standing(client_id=minor.id, at=now, by=by).treatment


def test_nobody_signs_for_an_adult_unless_the_record_names_them(client, by, now):
    draft = factories.draft(client, by=by, at=now)
    with pytest.raises(Refused, match="The client signs"):
        sign_draft(draft, factories.typed("Ines Delgado", relation="guardian"), by=by, at=now)
    paper = ContentFile(PNG, name="court.png")
    speaker = actions.Speaker(name="Ines Delgado", relation="guardian", because="lacks-capacity", paper=paper)
    actions.name_speaker(client_id=client.id, speaker=speaker, by=by, at=now)
    with pytest.raises(Refused, match="somebody else"):
        sign_draft(draft, factories.typed("Eva Braun", relation="guardian"), by=by, at=now)
    with pytest.raises(Refused, match="by law signs"):
        sign_draft(draft, factories.typed(), by=by, at=now)
    assert sign_draft(draft, factories.typed("Ines Delgado", relation="guardian"), by=by, at=now).status == "active"


def test_who_speaks_for_an_adult_needs_the_paper(client, by, now):
    bare = actions.Speaker(name="Ines Delgado", relation="guardian", because="lacks-capacity")
    with pytest.raises(BadInput, match="Add the paper"):
        actions.name_speaker(client_id=client.id, speaker=bare, by=by, at=now)
    with pytest.raises(BadInput, match="Say who"):
        actions.name_speaker(
            client_id=client.id, speaker=actions.Speaker(name="I", relation="x", because="y"), by=by, at=now
        )


def paper(**changed):
    scan = ContentFile(changed.pop("content", PNG), name=changed.pop("file", "scan.png"))
    return actions.Paper(scan=scan, signers=(("Rosa Delgado", "self"),), signed_on=date(2026, 3, 1), **changed)


def test_a_signed_paper_is_kept_with_its_scan_and_counts_from_now(client, by, now):
    draft = factories.draft(client, "part2-tpo", by=by, at=now)
    page = queries.paper_page(consent_id=draft.id, language="en", at=now, by=by)
    assert "Today is the day beside my signature." in page.sheet.passages[1].parts[0].words
    consent = actions.keep_paper(consent_id=draft.id, language="en", paper=paper(ticket=page.ticket), by=by, at=now)
    assert (consent.status, consent.signed_at, consent.signature_kind) == ("active", now, "paper")
    assert consent.text_hash == page.text_hash
    assert consent.signatures.get().place == "on paper, 2026-03-01"
    assert consent.scan.kind == "consent-scan"
    assert queries.intact(consent=Consent.objects.get(pk=consent.pk))


def test_a_scan_of_a_false_type_or_a_day_to_come_keeps_nothing(client, by, now):
    draft = factories.draft(client, by=by, at=now)
    keep = {"consent_id": draft.id, "language": "en", "by": by, "at": now}
    with pytest.raises(BadInput):
        actions.keep_paper(**keep, paper=paper(content=b"MZ\x90\x00 not a picture", file="scan.png"))
    tomorrow = actions.Paper(
        scan=ContentFile(PNG, name="s.png"), signers=(("Rosa", "self"),), signed_on=date(2026, 3, 3)
    )
    with pytest.raises(BadInput, match="still to come"):
        actions.keep_paper(**keep, paper=tomorrow)
    draft.refresh_from_db()
    assert (draft.status, draft.signatures.count(), Document.objects.count()) == ("draft", 0, 0)


def test_both_may_sign_one_paper(minor, by, now):
    draft = factories.draft(minor, by=by, at=now)
    one = actions.Paper(
        scan=ContentFile(PNG, name="s.png"), signers=(("Nia Okafor", "self"), ("Ada Okafor", "parent")),
        signed_on=date(2026, 3, 1),
    )  # fmt: skip
    consent = actions.keep_paper(consent_id=draft.id, language="en", paper=one, by=by, at=now)
    assert (consent.status, consent.signatures.count()) == ("active", 2)


def test_a_no_is_kept_with_the_words_and_the_reason_if_any(client, by, now):
    draft = factories.draft(client, by=by, at=now)
    consent = actions.refuse_draft(consent_id=draft.id, reason="Not my mother", by=by, at=now)
    assert (consent.status, consent.events.get().reason) == ("refused", "Not my mother")
    assert "Ana Vega" in consent.text
    assert "reason" not in Entry.objects.get(verb="consent.refuse").data
    with pytest.raises(IllegalMove):
        actions.refuse_draft(consent_id=draft.id, reason="", by=by, at=now)
    with pytest.raises(IllegalMove):
        sign_draft(draft, factories.typed(), by=by, at=now)
    assert (
        actions.refuse(client_id=client.id, form="telehealth", language="es", reason="", by=by, at=now).status
        == "refused"
    )
    factories.signed(client, "telehealth", by=by, at=now)


def test_a_no_cannot_follow_a_yes(client, by, now):
    consent = factories.signed(client, "family", by=by, at=now)
    with pytest.raises(IllegalMove):
        actions.refuse_draft(consent_id=consent.id, reason="", by=by, at=now)


def test_a_draft_may_be_changed_until_somebody_signed(client, by, now):
    draft = factories.draft(client, by=by, at=now)
    change = {"consent_id": draft.id, "language": "en", "by": by, "at": now}
    actions.change(**change, chosen=factories.TERMS["family"])
    sign_draft(draft, factories.typed(), by=by, at=now)
    with pytest.raises(Refused, match="cannot be changed"):
        actions.change(**change, chosen=factories.MOTHER)


def test_the_very_same_consent_twice_is_refused_but_another_is_not(client, by, now):
    factories.signed(client, "family", by=by, at=now)
    with pytest.raises(Refused, match="already signed"):
        factories.signed(client, "family", by=by, at=now)
    factories.signed(client, "family", by=by, at=now, name="Luis Vega", relation="father")


def test_forms_that_ask_cannot_be_signed_unchosen(client, by, now):
    with pytest.raises(Refused, match="Choose first"):
        factories.actions.sign(
            client_id=client.id, form="family", language="en", signature=factories.typed(), by=by, at=now
        )
    with pytest.raises(Refused, match="Choose first"):
        actions.refuse(client_id=client.id, form="family", language="en", reason="", by=by, at=now)


def test_look_alike_names_and_contradictions_are_said_before_signing(client, by, now):
    factories.signed(client, "named-recipient", by=by, at=now, name="Dr. Anna Meier")
    twin = factories.draft(client, "named-recipient", by=by, at=now, name="Dr. Anna Maier")
    page = queries.draft_page(consent_id=twin.id, language="en", at=now, by=by)
    assert [(one.kind, one.name) for one in page.clashes] == [("look-alike", "Dr. Anna Meier")]
    wider = factories.draft(
        client, "named-recipient", by=by, at=now, name="Dr. Anna Meier", kinds=("presence", "tests")
    )
    page = queries.draft_page(consent_id=wider.id, language="es", at=now, by=by)
    assert [one.kind for one in page.clashes] == ["overlap"]
    assert "Dr. Anna Meier (family doctor) puede saber" in page.clashes[0].sentence


def test_only_those_who_may_take_a_signature_prepare_one(client, users, other_site, by, now):
    with pytest.raises(NotAllowed):
        factories.draft(client, by=users[Role.FRONT_DESK], at=now)
    with pytest.raises(Client.DoesNotExist):
        factories.draft(client, by=access.user(Role.DIRECTOR, other_site), at=now)


def test_a_refused_signature_leaves_nothing_behind(client, by, now):
    with pytest.raises(Refused):
        actions.sign(
            client_id=client.id, form="treatment", language="en", signature=factories.typed("R"), by=by, at=now
        )
    assert not Consent.objects.exists()
    assert connection.in_atomic_block


def test_of_two_pages_about_one_recipient_the_narrower_counts_until_somebody_decides(client, by, now):
    def may(kind):
        request = Request(
            recipient=Recipient("person", "Ana Vega", "mother"), purpose="family", kinds=(kind,), what="a call"
        )
        return gate.weigh(client=client, request=request, at=now).ok

    narrow = factories.signed(client, "family", by=by, at=now)
    wide = factories.signed(client, "family", by=by, at=now, kinds=("presence", "schedule", "attendance", "plan"))
    shared = queries.shared(client_id=client.id, language="en", at=now, by=by)
    assert len(shared.undecided) == 1
    assert (may("schedule"), may("plan")) == (True, False)
    actions.decide_between(kept_id=wide.id, set_aside_id=narrow.id, by=by, at=now)
    assert (may("schedule"), may("plan")) == (True, True)
    shared = queries.shared(client_id=client.id, language="en", at=now, by=by)
    assert shared.undecided == ()
    assert {line.consent_id: line.is_set_aside for line in shared.stands} == {narrow.id: True, wide.id: False}
    actions.revoke(consent_id=wide.id, reason="", by=by, at=now)
    with pytest.raises(Refused, match="has ended"):
        actions.decide_between(kept_id=wide.id, set_aside_id=narrow.id, by=by, at=now)


def test_nobody_decides_between_pages_of_two_clients_or_of_another_site(client, site, other_site, by, now):
    one = factories.signed(client, "family", by=by, at=now)
    other = factories.signed(people.client(site, birth_date=date(1990, 1, 1)), "family", by=by, at=now)
    with pytest.raises(Refused, match="same client"):
        actions.decide_between(kept_id=one.id, set_aside_id=other.id, by=by, at=now)
    with pytest.raises(Consent.DoesNotExist):
        actions.decide_between(kept_id=one.id, set_aside_id=one.id, by=access.user(Role.DIRECTOR, other_site), at=now)
