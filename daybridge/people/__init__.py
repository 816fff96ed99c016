"""Clients, their contacts, staff and care teams."""
