"""A program lived through the real actions."""
