"""Many sites: the problem split where nothing couples it, each part solved for itself, in one process or several."""
