"""The only writers of consents: prepare, sign, refuse, take back, end, give a copy, name who speaks for a client."""

from daybridge.consent.actions.answering import answer
from daybridge.consent.actions.copies import give_copy, give_paper
from daybridge.consent.actions.deciding import decide_between
from daybridge.consent.actions.ending import expire_due, happened, revoke
from daybridge.consent.actions.paper import Paper, keep_paper
from daybridge.consent.actions.preparing import change, prepare
from daybridge.consent.actions.refusing import refuse, refuse_draft
from daybridge.consent.actions.signing import sign, sign_draft
from daybridge.consent.actions.speaking import Speaker, name_speaker

__all__ = [
    "Paper", "Speaker", "answer", "change", "decide_between", "expire_due", "give_copy", "give_paper", "happened",
    "keep_paper", "name_speaker", "prepare", "refuse", "refuse_draft", "revoke", "sign", "sign_draft",
]  # fmt: skip
