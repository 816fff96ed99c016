"""What makes a signature, and who may make it. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from daybridge.consent.rules.signers import Signers
from daybridge.kit.errors import Refused

RELATIONS = ("self", "parent", "guardian", "representative")
TYPED, DRAWN, PAPER = "typed", "drawn", "paper"
PATH = re.compile(r"(M\d{1,3} \d{1,3}(L\d{1,3} \d{1,3})*)+")
LONGEST_MARK = 20_000
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed and how. `mark` is the typed name or the drawn path, "" on paper (the scan shows it).

    `text_hash` binds the text the signer saw; `ticket` is the one-time leave to sign that came with the page.
    """

    name: str
    relation: str
    kind: str
    mark: str
    device: str
    place: str = ""
    text_hash: str = ""
    ticket: str = ""


def check_signature(signature: Signature) -> None:
    """Raise Refused unless somebody with a name and a relation made a mark. Source: CON-7; 42 CFR 2.31(a)(8)."""
    if len(signature.name.strip()) < 2 or len(signature.name) > LONGEST_NAME:
        raise Refused("Type your full name to sign.")
    if signature.relation not in RELATIONS:
        raise Refused("Say who is signing.")
    if not _is_mark(signature.kind, signature.mark):
        raise Refused("Sign by typing your name or by drawing your signature.")


def _is_mark(kind: str, mark: str) -> bool:
    if kind == DRAWN:
        return len(mark) <= LONGEST_MARK and "L" in mark and bool(PATH.fullmatch(mark))
    if kind == TYPED:
        return bool(mark.strip()) and len(mark) <= LONGEST_NAME
    return kind == PAPER and mark == ""


def check_same_text(signature: Signature, text_hash: str) -> None:
    """Raise Refused when the text the signer saw is not the text about to be kept. Source: CON-8."""
    if signature.text_hash and signature.text_hash != text_hash:
        raise Refused("The words of this form changed while it was open. Please read it again and sign.")


def check_may_sign(needed: Signers, relation: str, signed_by: Collection[str]) -> None:
    """Raise Refused unless a signature of this relation is still needed. Source: CON-10; 42 CFR 2.14, 2.15."""
    missing = needed.missing(signed_by)
    if any(relation in group for group in missing):
        return
    if relation in signed_by:
        raise Refused("This person has signed already. It waits for somebody else.")
    raise Refused(needed.reason)


def may_sign(needed: Signers, signed_by: Collection[str]) -> tuple[str, ...]:
    """The relations whose signature is still needed, in the order they are asked."""
    wanted = frozenset().union(*needed.missing(signed_by))
    return tuple(one for one in RELATIONS if one in wanted)
