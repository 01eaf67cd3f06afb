"""Tools that measure the project itself; they stay in the repository and out of the wheel."""
