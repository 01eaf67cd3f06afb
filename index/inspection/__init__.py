"""Whether a library and its indexes are what they were when they were written, and their repair."""

from wenju.index.inspection.findings import Finding
from wenju.index.inspection.indexes import inspect_indexes
from wenju.index.inspection.library import inspect_library
from wenju.index.inspection.salvage import Salvaged, salvage

__all__ = ["Finding", "Salvaged", "inspect_indexes", "inspect_library", "salvage"]
