"""Pages on a phone for the client, and for people the client chose."""
