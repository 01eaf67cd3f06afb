"""Questions that nothing was tuned on: an open half and a closed one, and closed ones on the seeds."""
