"""The packages that only a shared library needs."""

from __future__ import annotations

from importlib.util import find_spec

from wenju.corpus.errors import WenjuError


class MissingExtra(WenjuError):
    """A package that a shared library needs is not installed."""


def needed(*modules: str) -> None:
    """Raise MissingExtra where one of them is not installed."""
    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        raise MissingExtra(
            f"WENJU_STORE names a shared library, which needs {' and '.join(missing)}: "
            'pip install "wenju[distributed]", or unset WENJU_STORE.'
        )
