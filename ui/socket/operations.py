"""What commands do with an engine, be it their own or a server's: plain values in, plain values out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from wenju.ui import serializers
from wenju.ui.cli import session
from wenju.ui.cli.errors import Interrupted
from wenju.ui.cli.options import scope_of
from wenju.ui.cli.resolve import find_documents
from wenju.ui.load.pool import Left

if TYPE_CHECKING:
    from wenju.index.encoding import Progress
    from wenju.index.ingest import AddReport
    from wenju.index.library import Library
    from wenju.index.scope import Scope
    from wenju.qa.engine import Engine


class Listener(Protocol):
    """Who is told of the work while it goes on."""

    def say(self, sentence: str) -> None:
        """Hear a sentence for the person at the terminal."""
        ...

    def progress(self, done: int, total: int, label: str) -> None:
        """Hear how many passages are done."""
        ...


Operation = Callable[["Engine", Mapping[str, Any], Listener], dict[str, Any]]


def ask(engine: Engine, asked: Mapping[str, Any], listener: Listener) -> dict[str, Any]:
    """The answer to a question."""
    answer = engine.ask(asked["question"], scope=_scope(engine, asked))
    session.mention_emptiness(engine, listener.say)
    return serializers.answer_object(answer)


def search(engine: Engine, asked: Mapping[str, Any], listener: Listener) -> dict[str, Any]:
    """The passages that a question is about."""
    question = asked["question"]
    hits = engine.search(question, asked["k"], scope=_scope(engine, asked))
    session.mention_emptiness(engine, listener.say)
    return serializers.search_object(question, hits)


def add(engine: Engine, asked: Mapping[str, Any], listener: Listener) -> dict[str, Any]:
    """What adding files and folders did."""
    paths = [Path(path) for path in asked["paths"]]
    how = {name: asked[name] for name in ("sync", "workers", "ray")}
    return serializers.report_object(add_paths(engine, paths, listener.progress, **how))


def add_paths(
    engine: Engine,
    paths: Sequence[Path],
    progress: Progress,
    *,
    sync: bool = False,
    workers: int = 1,
    ray: str = "",
) -> AddReport:
    """Add paths; whoever ends it before it is done is told what was kept."""
    before = engine.library.count()
    try:
        return engine.add_paths(paths, progress, sync=sync, workers=workers, ray=ray)
    except (KeyboardInterrupt, Left):
        now = engine.library.count()
        raise Interrupted(
            f"Interrupted; {now[0] - before[0]:,} more documents ({now[1] - before[1]:,} passages) "
            "are in the library and stay there. Give the same paths again to go on."
        ) from None


def remove(engine: Engine, asked: Mapping[str, Any], listener: Listener) -> dict[str, Any]:
    """The documents that were removed."""
    ids = find_documents(engine.library.documents(), asked["documents"])
    return {"removed": [serializers.summary_object(d) for d in engine.remove(ids)]}


def documents(library: Library) -> dict[str, Any]:
    """The documents of a library, for which no engine is needed."""
    return {"documents": [serializers.summary_object(d) for d in library.documents()]}


OPERATIONS: Final[Mapping[str, Operation]] = {
    "ask": ask,
    "search": search,
    "add": add,
    "remove": remove,
    "list": lambda engine, asked, listener: documents(engine.library),
}


def _scope(engine: Engine, asked: Mapping[str, Any]) -> Scope:
    return scope_of(engine, **asked["scope"])
