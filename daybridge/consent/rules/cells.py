"""A datum by what it is and how sensitive: "tests", or "tests:hiv" for the part with that label. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from daybridge.consent.rules.words import Kind, Sensitivity

# What a kind says by itself, besides SUD.
KIND_LABELS: Mapping[str, frozenset[str]] = {
    Kind.NOTES: frozenset((Sensitivity.MENTAL_HEALTH,)),
    Kind.COUNSELING_NOTES: frozenset((Sensitivity.MENTAL_HEALTH,)),
    Kind.MEASURES: frozenset((Sensitivity.MENTAL_HEALTH,)),
}
_KINDS = frozenset(Kind)
_LABELS = frozenset(Sensitivity)


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind with the sensitivities a consent must cover for it. `asked` is how it was written."""

    asked: str
    kind: str
    labels: frozenset[str]

    @property
    def is_known(self) -> bool:
        return self.kind in _KINDS and self.labels <= _LABELS


def read(asked: str) -> Cell:
    """Take "tests:hiv+minors" apart. In a Part 2 program every datum is SUD too. Source: CON-14; 42 CFR 2.11, 2.12."""
    kind, _, labels = asked.partition(":")
    told = {one for one in labels.split("+") if one} - {Sensitivity.NORMAL}
    return Cell(asked, kind, frozenset((Sensitivity.SUD, *told)) | KIND_LABELS.get(kind, frozenset()))


def write(kind: str, labels: frozenset[str]) -> str:
    """The cell as it is asked for; labels that every datum here has are left unsaid."""
    told = sorted(str(one) for one in labels - {Sensitivity.NORMAL} - read(kind).labels)
    return f"{kind}:{'+'.join(told)}" if told else str(kind)
