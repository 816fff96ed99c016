"""Group and individual notes: written once, signed, never overwritten."""
