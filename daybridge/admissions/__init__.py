"""From the first call to admission."""
