"""Query rewriting: what a follow-up stands for in the conversation that it is asked in."""

from wenju.qa.conversation.forms import is_courtesy
from wenju.qa.conversation.rewriting import Rewrite, Turn, rewrite

__all__ = ["Rewrite", "Turn", "is_courtesy", "rewrite"]
