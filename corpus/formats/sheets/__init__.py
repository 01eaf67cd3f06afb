"""Spreadsheets: every sheet's tables, row by row, with values as the sheet shows them."""

from wenju.corpus.formats.sheets.reading import read_sheets

__all__ = ["read_sheets"]
