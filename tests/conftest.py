"""What holds for all tests."""

from __future__ import annotations

import os

from tests import properties

# unit tests run in seconds with the reader that needs no network; those of the trained one name it
os.environ.setdefault("WENJU_READER", "lexical")

# nobody's own settings count
os.environ["WENJU_CONFIG"] = os.devnull

# several processes of tests share the cores, and what they start does too; torch reads it when it is loaded
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OMP_NUM_THREADS", "1")

properties.register()
