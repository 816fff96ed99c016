"""What one link of the chain says, and how it hangs on the one before. Pure."""

import hmac
import json
from datetime import UTC, datetime
from json.encoder import encode_basestring as quoted
from typing import NamedTuple

GENESIS = ""
_JSON = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


class Line(NamedTuple):
    """The contents of one link, as they are signed. `at` is aware; `data` holds JSON values only."""

    chain: str
    seq: int
    at: datetime
    actor: str
    verb: str
    kind: str
    object_type: str
    object_id: str
    client_id: str
    reason: str
    origin: str
    data: dict[str, object]

    def canonical(self) -> bytes:
        """The same bytes for the same line on every machine and database: JSON, keys sorted, UTC to the microsecond."""
        at = self.at if self.at.tzinfo is UTC else self.at.astimezone(UTC)
        return (
            f'{{"actor":{quoted(self.actor)},"at":"{at.isoformat(timespec="microseconds")}",'
            f'"chain":{quoted(self.chain)},"client_id":{quoted(self.client_id)},"data":{_JSON(self.data)},'
            f'"kind":{quoted(self.kind)},"object_id":{quoted(self.object_id)},'
            f'"object_type":{quoted(self.object_type)},"origin":{quoted(self.origin)},'
            f'"reason":{quoted(self.reason)},"seq":{self.seq},"verb":{quoted(self.verb)}}}'
        ).encode()


class Link(NamedTuple):
    """A line as it is stored: with the mark before it and its own."""

    line: Line
    previous: str
    mac: str

    def is_sound(self, key: bytes) -> bool:
        """Whether the mark was made of this line, in this place, with this key."""
        return self.mac == link(key, self.previous, self.line)

    def in_place(self, seq: int) -> "Link":
        """The same link, were its place `seq`."""
        return self._replace(line=self.line._replace(seq=seq))


def link(key: bytes, previous: str, line: Line) -> str:
    """The link's mark (hex): HMAC-SHA256 over the mark before it and the line."""
    return hmac.digest(key, previous.encode() + b"\n" + line.canonical(), "sha256").hex()


def seal(key: bytes, chain: str, end: tuple[int, str]) -> str:
    """The mark on the head of a chain: without the key nobody sets the head back to an earlier link."""
    seq, mac = end
    return hmac.digest(key, f"head\n{chain}\n{seq}\n{mac}".encode(), "sha256").hex()
