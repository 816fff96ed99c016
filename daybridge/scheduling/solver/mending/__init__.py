"""Repair: a published week meets an event and changes as little as it must. Source: scheduling design, section 8."""
