"""The room's thresholds, read once. Pure."""

from pathlib import Path

from daybridge.kit import rulebook

BOOK = rulebook.load(Path(__file__).parents[1] / "rulebook.toml")
