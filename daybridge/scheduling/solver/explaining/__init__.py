"""Why not, and what would help. Source: scheduling design, section 9. Codes and ids out, never sentences."""
