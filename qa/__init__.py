"""Questions to answers: every answer is a slice of a passage, or an honest refusal."""
