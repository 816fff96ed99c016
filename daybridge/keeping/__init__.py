"""How long each table is kept, legal holds, the purge with its certificate, the export nobody can be known from."""
