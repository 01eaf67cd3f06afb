"""Word files: their text in reading order, with all that their pages show."""

from wenju.corpus.formats.word.reading import read_docx

__all__ = ["read_docx"]
