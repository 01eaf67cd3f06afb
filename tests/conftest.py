"""What holds for all tests."""

from __future__ import annotations

import os

from tests import properties

# unit tests run in seconds with the reader that needs no network; those of the trained one name it
os.environ.setdefault("WENJU_READER", "lexical")

properties.register()
