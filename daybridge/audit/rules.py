"""What one link of the chain says, and how it hangs on the one before. Pure."""

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

GENESIS = ""


@dataclass(frozen=True, slots=True)
class Line:
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
        """The same bytes for the same line on every machine and database (microseconds, UTC, sorted keys)."""
        fields = asdict(self) | {"at": self.at.astimezone(UTC).isoformat(timespec="microseconds")}
        return json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def link(key: bytes, previous: str, line: Line) -> str:
    """The link's mark (hex): HMAC-SHA256 over the mark before it and the line."""
    return hmac.new(key, previous.encode() + b"\n" + line.canonical(), hashlib.sha256).hexdigest()
