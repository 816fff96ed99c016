"""The week: group sessions, rooms, staff and each client's time. `solver/` inside is pure."""
