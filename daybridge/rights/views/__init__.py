"""Pages of the room: the privacy desk, requests, letters and lists, breaches, the notice."""
