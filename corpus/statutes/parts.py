"""The paragraphs, items and sub-items of one article."""

from __future__ import annotations

from wenju.corpus.statutes.provision import Provision


def parts_of(article: str) -> list[Provision]:
    """The parts of an article, in order, outer ones before what is in them.

    Places are those in ``article``, which begins with its number.
    """
    return []
