"""Backups: one encrypted file that holds the database, the keys and the files of a home."""
