"""Whether a consent means this recipient. Pure."""

from collections.abc import Callable, Mapping

from daybridge.consent.rules.facts import Given, Recipient, Request
from daybridge.consent.rules.names import look_alike, plain, same_name
from daybridge.consent.rules.words import CLASSES, HELPER, PAYER, TREATING, FormKind, Purpose, RecipientType

# To whom the single consent opens what: "my treating providers, those who pay, those who help run the program".
TPO_CLASSES: Mapping[str, frozenset[str]] = {
    Purpose.TREATMENT: frozenset((TREATING,)),
    Purpose.PAYMENT: frozenset((PAYER, HELPER)),
    Purpose.OPERATIONS: frozenset((HELPER, PAYER)),
}


def means(given: Given, request: Request) -> bool:
    """Whether the consent is for this recipient. A look-alike is somebody else. Source: CON-12; 42 CFR 2.31(a)(4)."""
    asked = request.recipient
    if asked.type == RecipientType.CLIENT:
        return False
    if given.kind == FormKind.INTERMEDIARY:
        return _through(given, asked)
    if asked.via.strip():
        return False
    test = _BY_FORM.get(given.kind)
    return test(given, request) if test else is_same(given.recipient, asked)


def is_same(held: Recipient, asked: Recipient) -> bool:
    """The same recipient: the same name, and no type, relation or id that says otherwise."""
    told = ((held.type, asked.type), (_kin(held.relation), _kin(asked.relation)), (held.id, asked.id))
    return same_name(held.name, asked.name) and all(one == other for one, other in told if one and other)


def _kin(relation: str) -> str:
    """A relation in the client's words ("mother"); the class codes say another thing and are not compared with it."""
    return "" if relation in CLASSES else plain(relation)


def is_look_alike(held: Recipient, asked: Recipient) -> bool:
    """Somebody else who could be taken for this one: by a near name, or the same name with another id or relation."""
    return look_alike(held.name, asked.name) or (same_name(held.name, asked.name) and not is_same(held, asked))


def _of_tpo(given: Given, request: Request) -> bool:
    return request.recipient.relation in TPO_CLASSES.get(request.purpose, ())


def _of_class(given: Given, request: Request) -> bool:
    return bool(given.recipient.relation) and given.recipient.relation == request.recipient.relation


_BY_FORM: Mapping[str, Callable[[Given, Request], bool]] = {FormKind.TPO: _of_tpo, FormKind.CLASS: _of_class}


def _through(given: Given, asked: Recipient) -> bool:
    """The intermediary itself, a member it names, or (where it names none) a member who treats the client.

    Source: 42 CFR 2.31(a)(4)(ii), 2.24.
    """
    if not asked.via.strip():
        return asked.type in ("", RecipientType.INTERMEDIARY) and same_name(given.recipient.name, asked.name)
    if not same_name(given.recipient.name, asked.via):
        return False
    if given.members:
        return any(same_name(member, asked.name) for member in given.members)
    return asked.relation == TREATING
