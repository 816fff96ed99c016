"""Treatment plans and the weekly prescription the schedule must meet."""
