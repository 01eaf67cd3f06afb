"""A library with all that belongs to it as one file, and back."""

from wenju.qa.archive.contents import ArchiveError, Contents
from wenju.qa.archive.packing import export_home
from wenju.qa.archive.unpacking import Imported, import_home

__all__ = ["ArchiveError", "Contents", "Imported", "export_home", "import_home"]
