"""What a link of the chain says, how one walks along it, and how a broken one is named. Pure."""

from daybridge.audit.rules.lines import GENESIS, Line, Link, link, seal
from daybridge.audit.rules.naming import Fault, Head, What, named
from daybridge.audit.rules.walk import End, Walk

__all__ = ["GENESIS", "End", "Fault", "Head", "Line", "Link", "Walk", "What", "link", "named", "seal"]
