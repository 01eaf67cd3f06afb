"""PDF files: columns, tables and notes as a person reads them."""

from wenju.corpus.formats.pdf.reading import read_pdf

__all__ = ["read_pdf"]
