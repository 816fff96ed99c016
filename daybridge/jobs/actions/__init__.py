"""Ask for work, follow it, start it again."""

from daybridge.jobs.actions.asking import ask, progress, restart

__all__ = ["ask", "progress", "restart"]
