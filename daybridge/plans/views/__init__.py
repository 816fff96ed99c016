"""Pages of the plan, and of the life it fits around."""
