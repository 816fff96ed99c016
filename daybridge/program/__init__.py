"""Tracks, groups, rooms and what staff may lead."""
