"""What holds for all tests."""

from __future__ import annotations

import os

from hypothesis import settings

# unit tests run in seconds with the reader that needs no network; those of the trained one name it
os.environ.setdefault("WENJU_READER", "lexical")

# no test asserts a time
settings.register_profile("wenju", deadline=None)
settings.load_profile("wenju")
