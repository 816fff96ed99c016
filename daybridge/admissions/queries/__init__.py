"""Reading the way in; every answer is made of values, and every reading is on the ledger."""

from daybridge.admissions.queries.board import Board, Lane, board, lane
from daybridge.admissions.queries.compare import Pair, compare
from daybridge.admissions.queries.moving import Movable, movable
from daybridge.admissions.queries.page import PacketFile, ReferralPage, packet, referral
from daybridge.admissions.queries.places import sites

__all__ = [
    "Board",
    "Lane",
    "Movable",
    "PacketFile",
    "Pair",
    "ReferralPage",
    "board",
    "compare",
    "lane",
    "movable",
    "packet",
    "referral",
    "sites",
]
