"""The packages that only several machines need."""

from __future__ import annotations

from importlib.util import find_spec

from wenju.corpus.errors import WenjuError


class MissingExtra(WenjuError):
    """A package that is needed for what was asked is not installed."""


def needed(
    *modules: str,
    of: str = "WENJU_STORE names a shared library, which",
    extra: str = "distributed",
) -> None:
    """Raise MissingExtra where one of them is not installed; ``of`` says what needs them."""
    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        raise MissingExtra(f'{of} needs {" and ".join(missing)}: pip install "wenju[{extra}]".')
