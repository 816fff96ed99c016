"""The room's pages: what a colleague does, and a client's documents."""
