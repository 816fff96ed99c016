"""The joins behind the pages of requests, breaches, the notice and the privacy desk."""

from daybridge.rights.queries.seen import AccessLog, access_log

__all__ = ["AccessLog", "access_log"]
