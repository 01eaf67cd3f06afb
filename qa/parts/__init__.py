"""Questions for several things at once, and answers that stand in several places."""

from wenju.qa.parts.composition import composed
from wenju.qa.parts.request import Part, Request, read_parts

__all__ = ["Part", "Request", "composed", "read_parts"]
