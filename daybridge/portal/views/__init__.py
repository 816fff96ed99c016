"""Pages of the room: the entrance, the client's, the shared one, and the staff's."""
