"""Follow-ups, completed from the conversation they stand in."""

from wenju.qa.conversation.completing import Completed, Turn, complete

__all__ = ["Completed", "Turn", "complete"]
