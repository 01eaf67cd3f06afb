"""Questions for several things at once, and answers that stand in several places."""

from wenju.qa.parts.composition import Composer, counted
from wenju.qa.parts.request import Part, Request, counted_items, read_parts

__all__ = ["Composer", "Part", "Request", "counted", "counted_items", "read_parts"]
