"""Training of the static encoder."""
