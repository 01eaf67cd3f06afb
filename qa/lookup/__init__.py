"""Provisions of statutes, looked up by their numbers instead of searched for."""

from __future__ import annotations

from wenju.qa.lookup.lookup import Lookup
from wenju.qa.lookup.names import load_names

__all__ = ["Lookup", "load_names"]
