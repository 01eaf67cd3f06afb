"""Wenju 問據: extractive question answering whose every answer can be checked in its source.

The names below are the public interface. Each is imported when it is first used, so that
``import wenju`` costs nothing.

    from pathlib import Path
    from wenju import Engine, Settings

    with Engine.open(Settings(home=Path("library"))) as engine:
        engine.add_paths([Path("policies")])
        print(engine.ask("最高支持多少？").answer)

Without a library, over texts of your own: ``wenju.read(question, texts)``.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wenju.corpus.document import Document, Passage
    from wenju.corpus.errors import WenjuError
    from wenju.index.encoder import Encoder
    from wenju.index.hit import Retriever
    from wenju.qa.answer import Answer, Citation
    from wenju.qa.conversation import Turn
    from wenju.qa.engine import Engine
    from wenju.qa.reader import Reader
    from wenju.qa.settings import Settings
    from wenju.qa.texts import Text, read

    __version__: str

__all__ = [
    "Answer",
    "Citation",
    "Document",
    "Encoder",
    "Engine",
    "Passage",
    "Reader",
    "Retriever",
    "Settings",
    "Text",
    "Turn",
    "WenjuError",
    "__version__",
    "read",
]

_MODULES = {
    "Answer": "qa.answer",
    "Citation": "qa.answer",
    "Document": "corpus.document",
    "Encoder": "index.encoder",
    "Engine": "qa.engine",
    "Passage": "corpus.document",
    "Reader": "qa.reader",
    "Retriever": "index.hit",
    "Settings": "qa.settings",
    "Text": "qa.texts",
    "Turn": "qa.conversation",
    "WenjuError": "corpus.errors",
    "read": "qa.texts",
}

# a checkout whose system has no symbolic links: the folders are beside this one, not in it
if not Path(__file__).with_name("corpus").is_dir():
    __path__.append(str(Path(__file__).parents[1]))


def __getattr__(name: str) -> object:
    """The public name, imported now; raises AttributeError for any other."""
    if name == "__version__":
        return _version()
    if name not in _MODULES:
        raise AttributeError(f"module 'wenju' has no attribute {name!r}")
    found = getattr(import_module(f"wenju.{_MODULES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("wenju")
    except PackageNotFoundError:  # a checkout that was never installed
        return "0+unknown"
