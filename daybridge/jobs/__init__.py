"""The night shift: work that runs outside a request, once, with its progress shown."""
