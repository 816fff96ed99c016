"""The street: settings, addresses, commands. Wires the rooms together and holds no rule."""
