"""Who was in the room, to the minute."""
