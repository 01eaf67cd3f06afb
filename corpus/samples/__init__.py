"""Sample documents written for this project."""
