"""The law a second time, apart from the rules and as plain as can be: may this one kind leave, yes or no?

It shares no code with `daybridge.consent.rules`: only the plain values of a history and a request are read. Where the
rules look up tables and combine, this asks the same questions one after the other for a single kind. Slow is fine.
"""

import unicodedata

ORDINARY = (
    "presence", "demographics", "referral", "diagnoses", "level-of-care", "consents", "plan", "schedule", "attendance",
    "notes", "medication", "tests", "measures", "billing", "documents", "messages", "photo", "disclosures",
)  # fmt: skip
COUNSELING = "counseling-notes"
EVERYTHING = (*ORDINARY, COUNSELING)
LABELS = (
    "normal", "sud", "mental-health", "reproductive", "hiv", "minors",
)  # fmt: skip
FOR_PAYMENT = (
    "presence", "demographics", "diagnoses", "level-of-care", "plan", "schedule", "attendance", "measures", "tests",
    "medication", "billing",
)  # fmt: skip
FOR_OPERATIONS = (
    "presence", "demographics", "referral", "level-of-care", "schedule", "attendance", "measures", "billing",
)  # fmt: skip
FOR_A_COURT = ("presence", "schedule", "attendance", "level-of-care", "plan", "tests")
CLASSES = (
    "treating-provider", "payer", "operations-helper", "family", "court", "school", "employer", "housing",
    "social-services", "recovery-support",
)  # fmt: skip
SHARED = ["treatment", "payment", "operations", "family", "referrer", "at-request"]
ALONE_FROM = {"AZ": 12, "CA": 12, "CT": 0, "FL": 0, "IL": 12, "MA": 12, "NC": 0, "OH": 0, "OR": 14, "PA": 0, "WA": 13,
              "WI": 12}  # fmt: skip


def allowed(history, request, at):
    """The kinds of the request that the law lets go."""
    return {asked for asked in request.kinds if may(history, request, asked, at)}


def may(history, request, asked, at):
    kind, labels = take_apart(asked)
    if kind not in EVERYTHING or not all(label in LABELS for label in labels):
        return False
    if not request.recipient.name.strip():
        return False
    purpose = request.purpose
    if purpose == "client":
        return kind != COUNSELING and speaks_as_client(history, request.recipient, at)
    if purpose in (*SHARED, "legal-proceeding", "kiosk", "community", "research-contact"):
        return by_consent(history, request, kind, labels, asked, at)
    return without_consent(request, kind, asked, at)


def take_apart(asked):
    kind, _, rest = asked.partition(":")
    labels = {label for label in rest.split("+") if label}
    labels.discard("normal")
    labels.add("sud")
    if kind in ("notes", COUNSELING, "measures"):
        labels.add("mental-health")
    return kind, labels


def speaks_as_client(history, who, at):
    if who.type != "client":
        return False
    if who.relation in ("", "self"):
        return True
    person = history.person
    if person is None or who.relation not in ("guardian", "representative"):
        return False
    lost = person.incapable_since is not None and person.incapable_since <= at.date()
    died = person.died_on is not None and person.died_on <= at.date()
    return lost or died


# Without a consent


def without_consent(request, kind, asked, at):
    facts, who, today = request.ground, request.recipient, at.date()
    sort = type(facts).__name__
    if request.purpose == "emergency" and sort == "Emergency":
        written = all(text.strip() for text in (facts.who, facts.affiliation, facts.discloser, facts.why))
        on_time = facts.when is not None and facts.when <= at
        named = name(who.name) in (name(facts.who), name(facts.affiliation))
        return kind != COUNSELING and written and on_time and not facts.could_ask and named
    if request.purpose == "legal-order" and sort == "CourtOrder":
        papers = all(text.strip() for text in (facts.document, facts.court, facts.number))
        dated = facts.dated is not None and facts.dated <= today and (facts.until is None or today <= facts.until)
        for_them = name(facts.recipient) == name(who.name)
        named = kind in facts.kinds or asked in facts.kinds
        return facts.has_order and papers and dated and facts.found_good_cause and for_them and named
    if request.purpose == "audit" and sort == "Audit":
        right = facts.entitled in ("agency", "payer", "quality-organization", "accrediting-body", "program")
        return right and facts.has_promise and (kind != COUNSELING or facts.oversees_author)
    if request.purpose == "research" and sort == "Research":
        approved = facts.approved_on is not None and facts.approved_on <= today
        running = facts.until is None or today <= facts.until
        ruled = facts.basis in ("hipaa", "common-rule", "fda")
        return kind != COUNSELING and ruled and approved and running and facts.has_promise
    if request.purpose == "deidentified" and sort == "Deidentified":
        return nameless(facts) and kind not in (COUNSELING, "photo")
    if request.purpose == "public-health" and sort == "PublicHealth":
        clean = facts.deidentified is not None and nameless(facts.deidentified)
        return clean and who.type == "authority" and kind not in (COUNSELING, "photo")
    if request.purpose == "abuse-report" and sort == "AbuseReport":
        asked_for = bool(facts.law.strip()) and facts.is_first
        return asked_for and who.type == "authority" and kind in ("presence", "demographics")
    if request.purpose == "crime" and sort == "Crime":
        here = facts.where in ("premises", "against-staff") and bool(facts.incident.strip())
        return here and who.type == "authority" and kind in ("presence", "demographics")
    return False


def nameless(facts):
    if facts.method == "expert":
        return bool(facts.expert.strip())
    return facts.method == "safe-harbor" and not facts.left and not facts.knows_better


# By consent


def by_consent(history, request, kind, labels, asked, at):
    if request.purpose == "payment" and kind not in FOR_PAYMENT:
        return False
    if request.purpose == "operations" and kind not in FOR_OPERATIONS:
        return False
    if request.purpose == "kiosk" and kind != "photo":
        return False
    if request.purpose in ("community", "research-contact") and kind not in ("presence", "demographics"):
        return False
    if any(keeps_back(one, request, kind, asked, at) for one in history.restrictions):
        return False
    heard = [one for one in history.consents if applies(one, history, request, at)]
    heard = [one for one in heard if not set_aside(one, heard, history.rulings, at)]
    yes = [one for one in heard if says_yes(one, request, kind, labels)]
    if not yes:
        return False
    for other in heard:
        for one in yes:
            if other not in yes and any(about(other, each) and about(one, each) for each in EVERYTHING):
                return False
    return True


def keeps_back(limit, request, kind, asked, at):
    if limit.ended_at is not None and limit.ended_at <= at:
        return False
    if limit.kinds and kind not in limit.kinds and asked not in limit.kinds:
        return False
    if limit.purposes and request.purpose not in limit.purposes:
        return False
    if limit.recipient.name.strip():
        who = (request.recipient.name, request.recipient.via)
        return any(name(limit.recipient.name) == name(one) or looks_like(limit.recipient.name, one) for one in who)
    return limit.recipient.relation in ("", request.recipient.relation)


def set_aside(one, heard, rulings, at):
    """Whether the newest decision about it and another that is heard too went against it."""
    for other in heard:
        about_both = [
            ruling for ruling in rulings if {ruling.kept, ruling.set_aside} == {one.id, other.id} and ruling.at <= at
        ]
        if other is not one and about_both and max(about_both, key=lambda ruling: ruling.at).set_aside == one.id:
            return True
    return False


def says_yes(consent, request, kind, labels):
    if not about(consent, kind) or not all(label in consent.sensitivities for label in labels):
        return False
    first, last = consent.period.start, consent.period.end
    asked_first = request.period.start if request.period else None
    asked_last = request.period.end if request.period else None
    if first is not None and (asked_first is None or asked_first < first):
        return False
    return last is None or (asked_last is not None and asked_last <= last)


def about(consent, kind):
    """Whether a consent speaks of this kind at all."""
    if consent.kind == "part2-tpo":
        return kind != COUNSELING and (not consent.kinds or kind in consent.kinds)
    if consent.kind in ("named-recipient", "class-of-recipients", "intermediary", "family", "legal-proceeding"):
        return kind != COUNSELING and kind in consent.kinds
    if consent.kind == "court-referral":
        return kind in FOR_A_COURT and kind in consent.kinds
    if consent.kind == "counseling-notes":
        return kind == COUNSELING
    if consent.kind == "photo-kiosk":
        return kind == "photo" and (not consent.kinds or kind in consent.kinds)
    if consent.kind in ("community", "research-contact"):
        return kind in ("presence", "demographics") and (not consent.kinds or kind in consent.kinds)
    return False


def applies(consent, history, request, at):
    """Sound, in force, signed by all who must, for this purpose and this recipient."""
    return (
        holds(consent, history, at)
        and for_purpose(consent, request.purpose)
        and not broken(consent)
        and all_signed(consent, history.person, at)
        and meant_for(consent, request)
    )


def holds(consent, history, at):
    if consent.state != "active" or consent.ended_at is not None or consent.signed_at is None or consent.signed_at > at:
        return False
    if not consent.is_intact:
        return False
    now = at
    if history.latest is not None and history.latest > at:
        now = history.latest.astimezone(at.tzinfo)
    if consent.expires_on is not None and now.date() > consent.expires_on:
        return False
    for one in history.happened:
        ends = (consent.expires_event and one.event == consent.expires_event) or (
            consent.expires_condition and one.event == consent.expires_condition
        )
        if ends and one.at >= consent.signed_at:
            return False
    return True


def for_purpose(consent, purpose):
    if consent.kind == "part2-tpo":
        return purpose in ("treatment", "payment", "operations") and (
            not consent.purposes or purpose in consent.purposes
        )
    if consent.kind in ("named-recipient", "class-of-recipients", "counseling-notes"):
        return purpose in (consent.purposes or ("at-request",)) and purpose in SHARED
    if consent.kind == "intermediary":
        return purpose in (consent.purposes or ("treatment",)) and purpose in ("treatment", "payment", "operations")
    only = {
        "family": "family", "court-referral": "referrer",
        "legal-proceeding": "legal-proceeding", "photo-kiosk": "kiosk", "community": "community",
        "research-contact": "research-contact",
    }.get(consent.kind)  # fmt: skip
    return purpose == only and (not consent.purposes or purpose in consent.purposes)


def broken(consent):
    """Mixed where it must stand alone, or silent about what it must say."""
    kinds = [kind for kind in consent.kinds if kind in EVERYTHING]
    if consent.kind == "counseling-notes":
        if any(kind != COUNSELING for kind in kinds):
            return True
    elif COUNSELING in kinds:
        return True
    if consent.kind == "legal-proceeding":
        if any(purpose != "legal-proceeding" for purpose in consent.purposes):
            return True
    elif "legal-proceeding" in consent.purposes:
        return True
    if consent.kind != "part2-tpo" and not consent.recipient.name.strip() and not consent.recipient.relation:
        return True
    if not any(about(consent, kind) for kind in EVERYTHING):
        return True
    return endless(consent) or backwards(consent)


def endless(consent):
    """For a court, without a word on how long it holds."""
    ends = consent.expires_on is not None or consent.expires_event or consent.expires_condition
    return consent.kind == "court-referral" and not ends


def backwards(consent):
    first, last = consent.period.start, consent.period.end
    return first is not None and last is not None and last < first


def all_signed(consent, person, at):
    if person is None:
        return "self" in consent.signed_by
    day = consent.signed_at.astimezone(at.tzinfo).date()
    if person.died_on is not None and person.died_on <= day:
        return "representative" in consent.signed_by or "guardian" in consent.signed_by
    if young(person, day):
        alone_from = ALONE_FROM.get(person.state)
        if alone_from is not None and years(person.birth_date, day) >= alone_from:
            return "self" in consent.signed_by
        return "self" in consent.signed_by and ("parent" in consent.signed_by or "guardian" in consent.signed_by)
    if person.incapable_since is not None and person.incapable_since <= day:
        return "representative" in consent.signed_by or "guardian" in consent.signed_by
    return "self" in consent.signed_by


def young(person, day):
    return person.birth_date is not None and years(person.birth_date, day) < (19 if person.state == "NE" else 18)


def years(born, day):
    whole = day.year - born.year
    return whole - 1 if (day.month, day.day) < (born.month, born.day) else whole


def meant_for(consent, request):
    who = request.recipient
    if who.type == "client":
        return False
    if consent.kind == "intermediary":
        return through(consent, who)
    if who.via.strip():
        return False
    if consent.kind == "part2-tpo":
        if request.purpose == "treatment":
            return who.relation == "treating-provider"
        return who.relation in ("payer", "operations-helper")
    if consent.kind == "class-of-recipients":
        return who.relation != "" and who.relation == consent.recipient.relation
    return the_same(consent.recipient, who)


def through(consent, who):
    between = name(consent.recipient.name)
    if not who.via.strip():
        return who.type in ("", "intermediary") and name(who.name) == between and between != ""
    if name(who.via) != between:
        return False
    if consent.members:
        return name(who.name) in [name(member) for member in consent.members]
    return who.relation == "treating-provider"


def the_same(held, who):
    if name(held.name) != name(who.name) or not name(held.name):
        return False
    if held.type and who.type and held.type != who.type:
        return False
    kin = [one.relation for one in (held, who) if one.relation and one.relation not in CLASSES]
    if len(kin) == 2 and name(kin[0]) != name(kin[1]):
        return False
    return not (held.id and who.id and held.id != who.id)


def name(text):
    return " ".join(unicodedata.normalize("NFC", text).split()).lower()


LOOKS = {
    ("Elena Delgado", "Elena De1gado"), ("Elena Delgado", "Elena Delgardo"), ("Dr. Anna Meier", "Dr. Anna Maier"),
    ("Elena De1gado", "Elena Delgardo"), ("Blue Shield", "Blue Shie1d"), ("Health Bridge", "Health Brigde"),
}  # fmt: skip


def looks_like(one, other):
    """Of the names that histories in these tests use: which could be taken for each other, told by hand."""
    return any({name(one), name(other)} == {name(first), name(second)} for first, second in LOOKS)
