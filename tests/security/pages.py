"""Every page of ours as a test may open it: addresses with ids get those of one small clinic."""

import re
from uuid import UUID

from tests.house.test_doors import ours

NOBODY = UUID("01890000-0000-7000-8000-000000000000")
FILLERS = {"uuid": str(NOBODY), "str": "nothing", "slug": "nothing", "int": "1", "path": "nothing"}
PARAMETER = re.compile(r"<(?:(\w+):)?\w+>")


def addresses():
    """(address, view) of every route of ours; parameters are filled with what is nowhere."""
    for path, name, view in ours():
        yield "/" + PARAMETER.sub(lambda found: FILLERS.get(found[1] or "str", "nothing"), path), name, view


def plain():
    """Pages without parameters that somebody signed in may open."""
    return sorted(f"/{path}" for path, _, view in ours() if "<" not in path and hasattr(view, "permission"))
