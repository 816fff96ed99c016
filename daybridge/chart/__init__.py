"""One client's record on one page, and finding one's way to it."""
