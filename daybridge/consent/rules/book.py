"""The thresholds of the room."""

from pathlib import Path

from daybridge.kit import rulebook

RULES = rulebook.load(Path(__file__).parents[1] / "rulebook.toml")
