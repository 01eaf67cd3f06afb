"""Questions to begin with, made from what the documents themselves state."""

from wenju.qa.suggestions.checked import Suggestions, candidates

__all__ = ["Suggestions", "candidates"]
