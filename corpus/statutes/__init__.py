"""A statute as a tree: chapters and articles of a document, paragraphs and items of an article."""

from __future__ import annotations

from wenju.corpus.statutes.provision import DIVISIONS, Provision
from wenju.corpus.statutes.tree import Statute, provisions_of

__all__ = ["DIVISIONS", "Provision", "Statute", "provisions_of"]
