"""The stone: errors, decisions, rulebooks, periods, states and ids. Standard library only."""
