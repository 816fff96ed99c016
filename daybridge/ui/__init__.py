"""How Daybridge looks, speaks and keeps what is typed."""
