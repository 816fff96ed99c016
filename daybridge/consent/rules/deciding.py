"""The one question: may this go to this recipient for this purpose now? Pure."""

from collections.abc import Callable
from datetime import datetime

from daybridge.consent.rules import cells, consented, notices
from daybridge.consent.rules.cells import Cell
from daybridge.consent.rules.facts import Decision, Given, History, Person, Recipient, Request, Withheld
from daybridge.consent.rules.grounds import Audit, CourtOrder, Emergency, Lack
from daybridge.consent.rules.names import same_name
from daybridge.consent.rules.restrictions import RESTRICTED, is_kept_back
from daybridge.consent.rules.ways import WAYS, Way
from daybridge.consent.rules.words import Kind, Purpose, RecipientType
from daybridge.kit.decisions import Finding

NO_RULE = Lack("There is no rule that lets anything leave for this purpose.", "42 CFR 2.13(a)")
NO_RECIPIENT = Lack("It is not said who would receive it.", "42 CFR 2.31(a)(4)")
NOT_A_KIND = Lack("This is not a kind of record we know, so it stays here.", "42 CFR 2.13(a)")
NO_FACTS = Lack("The facts that this purpose needs are not given.", "42 CFR 2.13(a)")
NOT_THE_CLIENT = Lack(
    "Only the client, or who speaks for them by law, gets the client's own record.", "42 CFR 2.15, 2.23"
)
NOT_AN_AUTHORITY = Lack("This goes only to the authority that the law names.", "42 CFR 2.12(c), 2.54")
NOT_IN_ORDER = Lack("The court's order does not name this.", "42 CFR 2.64(e)")
NOT_IN_ORDER_TO = Lack("The court's order is for somebody else.", "42 CFR 2.64(e)")
NOT_OVERSEEN = Lack(
    "Private counseling notes are shown only to who oversees their author.", "42 CFR 2.31(b)(1)(ii), 2.53"
)
ANOTHER_HELPER = Lack("Who receives it is not who the emergency's record names.", "42 CFR 2.51(c)")

Verdict = Lack | tuple[Given, ...]  # why a cell stays, or the consents it leaves on (none where a ground opens it)
Judge = Callable[[Cell], Verdict]


def decide(history: History, request: Request, at: datetime) -> Decision:
    """What of `request` may leave at `at` (aware, site-local); nothing unless a row of `ways` opens it.

    Every kind asked for is in `allowed` or in `withheld`, never in both. Source: CON-1 to CON-57,
    docs/rules/consent.md; 42 CFR part 2.
    """
    way = WAYS.get(request.purpose)
    hindrance = _hindrance(history, request, at, way)
    if way is None or hindrance:
        return _nothing(request, hindrance or NO_RULE)
    judge = _judge(history, request, at, way)
    asked = [cells.read(one) for one in dict.fromkeys(request.kinds)]
    verdicts = [(cell, _verdict(cell, way, judge)) for cell in asked]
    return _answer(verdicts, request, way)


def _hindrance(history: History, request: Request, at: datetime, way: Way | None) -> Lack | None:
    """What stops the whole request, whatever the kinds."""
    if not request.recipient.name.strip():
        return NO_RECIPIENT
    if way is None:
        return NO_RULE
    if request.purpose == Purpose.CLIENT and not _speaks_as_client(request.recipient, history.person or Person(), at):
        return NOT_THE_CLIENT
    if way.to_authority and request.recipient.type != RecipientType.AUTHORITY:
        return NOT_AN_AUTHORITY
    return _lacks(request, at, way) if way.ground else None


def _speaks_as_client(recipient: Recipient, person: Person, at: datetime) -> bool:
    """The client, or where they lost capacity or died, their guardian or representative. Source: 42 CFR 2.15, 2.23."""
    if recipient.type != RecipientType.CLIENT:
        return False
    if recipient.relation in ("guardian", "representative"):
        return person.is_spoken_for(at.date())
    return recipient.relation in ("", "self")


def _lacks(request: Request, at: datetime, way: Way) -> Lack | None:
    ground = request.ground
    if ground is None or type(ground) is not way.ground:
        return NO_FACTS
    if first := next(ground.lacks(at), None):
        return first
    name = request.recipient.name
    if isinstance(ground, CourtOrder) and not same_name(ground.recipient, name):
        return NOT_IN_ORDER_TO
    if isinstance(ground, Emergency) and not (same_name(ground.who, name) or same_name(ground.affiliation, name)):
        return ANOTHER_HELPER
    return None


def _judge(history: History, request: Request, at: datetime, way: Way) -> Judge:
    """How each cell is judged: by consents, by the facts of the ground, or not at all (the client's own)."""
    if way.ground:
        return lambda cell: _by_ground(cell, request)
    if not way.by_consent:
        return lambda _: ()
    held = consented.held(history, request, at)

    def by_consent(cell: Cell) -> Verdict:
        if is_kept_back(cell, request, history.restrictions, at):
            return RESTRICTED
        return consented.judge(cell, request, held.consents) if held.consents else held.none

    return by_consent


def _by_ground(cell: Cell, request: Request) -> Verdict:
    ground = request.ground
    if isinstance(ground, CourtOrder) and cell.kind not in ground.kinds and cell.asked not in ground.kinds:
        return NOT_IN_ORDER
    if isinstance(ground, Audit) and cell.kind == Kind.COUNSELING_NOTES and not ground.oversees_author:
        return NOT_OVERSEEN
    return ()


def _verdict(cell: Cell, way: Way, judge: Judge) -> Verdict:
    if not cell.is_known:
        return NOT_A_KIND
    return judge(cell) if cell.kind in way.kinds else Lack(way.beyond, way.reason.source)


def _answer(verdicts: list[tuple[Cell, Verdict]], request: Request, way: Way) -> Decision:
    """One decision from the verdicts; an answer that allows nothing names no consent and no notice."""
    withheld = tuple(Withheld(cell.asked, *told) for cell, told in verdicts if isinstance(told, Lack))
    granted = [(cell, told) for cell, told in verdicts if not isinstance(told, Lack)]
    extra = _findings(withheld)
    if not granted:
        return Decision((), withheld, reasons=extra)
    relied = tuple(dict.fromkeys(one for _, told in granted for one in told))
    return Decision(
        allowed=tuple(cell.asked for cell, _ in granted), withheld=withheld,
        relied_on=tuple(one.id for one in relied), notice=notices.for_recipient(request.recipient, relied),
        reasons=(way.reason, *extra), scope=tuple(notices.scope(one) for one in relied),
        until=min((one.expires_on for one in relied if one.expires_on), default=None),
    )  # fmt: skip


def _findings(withheld: tuple[Withheld, ...]) -> tuple[Finding, ...]:
    """The reasons a person should act on: a look-alike, two consents that disagree."""
    said = {one.reason for one in withheld}
    act = (("CON-12", consented.LOOK_ALIKE), ("CON-25", consented.NARROWER))
    return tuple(Finding(code, *lack) for code, lack in act if lack[0] in said)


def _nothing(request: Request, lack: Lack) -> Decision:
    return Decision((), tuple(Withheld(kind, *lack) for kind in dict.fromkeys(request.kinds)))
