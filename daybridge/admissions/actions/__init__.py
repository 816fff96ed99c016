"""The only writers of the way in."""
