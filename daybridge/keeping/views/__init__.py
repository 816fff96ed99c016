"""Pages of the room: how long, what is due, what is held, what left without names."""
