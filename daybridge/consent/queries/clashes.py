"""What to know before signing: names that look alike, and consents that already speak of the same recipient."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from uuid import UUID

from daybridge.consent import columns, gate, phrases, rules, shown
from daybridge.consent.models import Consent, Ruling
from daybridge.consent.rules.names import look_alike, same_name
from daybridge.people.models import Client

LOOK_ALIKE, OVERLAP = "look-alike", "overlap"


@dataclass(frozen=True, slots=True)
class Clash:
    """Another consent in force: `kind` is LOOK_ALIKE or OVERLAP, `name` its recipient, `sentence` what it says."""

    kind: str
    consent_id: UUID
    name: str
    sentence: str

    @property
    def is_look_alike(self) -> bool:
        return self.kind == LOOK_ALIKE


def clashes(*, consent: Consent, client: Client, at: datetime) -> tuple[Clash, ...]:
    """The consents in force that the one about to be signed could be taken for, or that say something else about the
    same recipient and purpose. Source: CON-12, CON-25.
    """
    agreed, local = columns.terms_of(consent), shown.local(client, at)
    if not agreed.recipient_type:
        return ()
    found = []
    for other in Consent.objects.in_force().filter(client=client).exclude(pk=consent.pk).order_by("signed_at"):
        kind = _kind(agreed, columns.terms_of(other))
        if kind and rules.is_in_force(gate.as_given(other), local):
            found.append(_clash(kind, other, consent.language))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two consents in force that say different things about the same recipient, and which counts if that is decided."""

    first: UUID
    second: UUID
    counts: UUID | None = None

    @property
    def set_aside(self) -> UUID | None:
        return {self.first: self.second, self.second: self.first}.get(self.counts) if self.counts else None


def disagreeing(standing: Sequence[Consent], client: Client) -> tuple[Pair, ...]:
    """The pairs among consents in force that disagree, each with the newest decision on it. Source: CON-25."""
    told = [(one, columns.terms_of(one)) for one in standing]
    pairs = [
        (one.id, other.id) for (one, first), (other, second) in combinations(told, 2)
        if first.recipient_type and _kind(first, second) == OVERLAP
    ]  # fmt: skip
    if not pairs:
        return ()
    kept = {
        frozenset(pair): kept for *pair, kept in
        Ruling.objects.filter(client=client).order_by("at", "id").values_list("kept_id", "set_aside_id", "kept_id")
    }  # fmt: skip
    return tuple(Pair(first, second, kept.get(frozenset((first, second)))) for first, second in pairs)


def _kind(new: columns.Terms, old: columns.Terms) -> str:
    if not old.recipient_type or new.recipient_type == "class" or old.recipient_type == "class":
        return OVERLAP if _same_class(new, old) else ""
    if look_alike(new.name, old.name):
        return LOOK_ALIKE
    same = same_name(new.name, old.name) and bool(set(new.purposes) & set(old.purposes))
    return OVERLAP if same and set(new.kinds) != set(old.kinds) else ""


def _same_class(new: columns.Terms, old: columns.Terms) -> bool:
    both = new.recipient_type == old.recipient_type == "class" and new.relation == old.relation
    return both and bool(set(new.purposes) & set(old.purposes)) and set(new.kinds) != set(old.kinds)


def _clash(kind: str, other: Consent, language: str) -> Clash:
    agreed = columns.terms_of(other)
    said = phrases.sentence(other.kind, agreed, language, phrases.YOU)
    return Clash(kind, other.id, agreed.name, f"{said} {phrases.until(agreed, language, shown.day_in(language))}")
