"""Metadata: what is known of a document beside its title, its date and its issuer."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("law", "regulation", "notice", "press_conference", "faq", "draft", "form")
"""What a document can be. Laws are passed by a parliament; regulations are all other statutes."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself. Empty is what it does not say; nothing is guessed.

    ``kind`` is one of KINDS. ``number`` is the number that its issuer gave it (府教字第1130012345號),
    as written. ``issued``, ``effective``, ``expires``, ``amended`` and ``repealed`` are days in the
    form ``YYYY-MM-DD``: when it was issued first, since when and until when it is in force, when it was
    last amended, and when it was repealed (``yes`` where the day is not known). ``jurisdiction`` is a path, outermost first:
    ``TW/臺北市``, ``CN/江苏省/无锡市``, ``HK``, ``MO``. ``language`` is a BCP 47 tag such as ``zh-Hant``.
    ``replaces`` are the titles of the documents that it repeals or replaces.

    ``places`` are those of the facts in the document's text: field, start, end. A fact that a file's
    format or a person told has none.
    """

    kind: str = ""
    number: str = ""
    issued: str = ""
    effective: str = ""
    expires: str = ""
    amended: str = ""
    repealed: str = ""
    jurisdiction: str = ""
    language: str = ""
    replaces: tuple[str, ...] = ()
    places: tuple[tuple[str, int, int], ...] = ()
