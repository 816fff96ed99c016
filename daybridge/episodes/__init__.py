"""One stay at one level of care."""
