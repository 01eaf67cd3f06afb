"""Scoring on gold question-answer pairs."""
