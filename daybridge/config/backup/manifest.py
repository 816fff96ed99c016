"""What a backup says of itself: how many rows of what, the chain's head, and which version made it."""

import json
from dataclasses import asdict, dataclass
from importlib.metadata import version

from daybridge.kit.errors import Refused

FILE = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """`tables` holds rows and columns by table; `migrations` the applied ones by app; `head` the chain's end."""

    engine: str
    made_at: str
    tables: dict[str, dict]
    migrations: dict[str, list[str]]
    head: dict[str, object]
    version: str = version("daybridge")

    @property
    def rows(self) -> int:
        return sum(table["rows"] for table in self.tables.values())

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), indent=1).encode()

    @staticmethod
    def from_bytes(data: bytes) -> "Manifest":
        try:
            return Manifest(**json.loads(data))
        except (ValueError, TypeError):
            raise Refused("The backup's manifest cannot be read by this version.") from None
