"""What a rule answers: yes or no, with findings a reader can check."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason: a stable code, a sentence for the reader, and where the rule comes from."""

    code: str
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer of a rule; `version` is the rulebook's id@version it was made with."""

    ok: bool
    findings: tuple[Finding, ...] = ()
    version: str = ""
