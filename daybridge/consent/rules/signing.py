"""What makes a signature. Pure."""

import re
from dataclasses import dataclass

from daybridge.kit.errors import Refused

RELATIONS = ("self", "parent", "guardian", "representative")
DRAWN = re.compile(r"^(M\d{1,3} \d{1,3}(L\d{1,3} \d{1,3})*)+$")
LONGEST_MARK = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed and how. `mark` is the typed name or the drawn path; `text_hash` binds the text the signer saw."""

    name: str
    relation: str
    kind: str
    mark: str
    device: str
    text_hash: str = ""


def check_signature(signature: Signature) -> None:
    """Raise Refused unless somebody with a name and a relation made a mark. Source: CON-7; 42 CFR 2.31(a)(8)."""
    if len(signature.name.strip()) < 2 or len(signature.name) > 200:
        raise Refused("Type your full name to sign.")
    if signature.relation not in RELATIONS:
        raise Refused("Say who is signing.")
    is_typed = signature.kind == "typed" and bool(signature.mark.strip()) and len(signature.mark) <= 200
    is_drawn = signature.kind == "drawn" and _is_path(signature.mark)
    if not (is_typed or is_drawn):
        raise Refused("Sign by typing your name or by drawing your signature.")


def _is_path(mark: str) -> bool:
    """Strokes of the signature pad, with at least one line in them."""
    return len(mark) <= LONGEST_MARK and "L" in mark and bool(DRAWN.match(mark))


def check_same_text(signature: Signature, text_hash: str) -> None:
    """Raise Refused when the text the signer saw is not the text about to be kept. Source: CON-8."""
    if signature.text_hash and signature.text_hash != text_hash:
        raise Refused("The words of this form changed while it was open. Please read it again and sign.")
