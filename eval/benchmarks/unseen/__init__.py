"""Questions that nothing was tuned on: two halves, one open and one that nobody reads."""
