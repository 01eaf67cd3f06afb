"""Access control of the server: who may reach it, under which names, with how much."""
