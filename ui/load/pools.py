"""The pools of a server: questions, changes of the library, views of it, and what watches the server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wenju.ui.load.pool import Pool

if TYPE_CHECKING:
    from wenju.qa.settings import Settings

_VIEWERS, _VIEWING = 4, 256
_WATCHERS, _WATCHING = 2, 1000


@dataclass(frozen=True, slots=True)
class Pools:
    """Work of one kind never takes the threads of another.

    ``asks`` searches and reads, ``changes`` adds and removes documents, ``views`` shows documents and lists
    of them, ``watch`` tells how the server is.
    """

    asks: Pool
    changes: Pool
    views: Pool
    watch: Pool

    @property
    def all(self) -> tuple[Pool, ...]:
        """Those that have work which is finished before the server stops."""
        return (self.asks, self.changes, self.views)

    @property
    def are_idle(self) -> bool:
        """Whether nothing of it is left."""
        return all(pool.is_idle for pool in self.all)

    def stop(self) -> None:
        """Take in nothing more; how the server is can still be asked."""
        for pool in self.all:
            pool.stop()

    def abort(self) -> None:
        """Give up all that is waited for."""
        for pool in self.all:
            pool.abort()


def pools_of(settings: Settings) -> Pools:
    """The pools as the settings say; their threads are made when they are needed."""
    return Pools(
        Pool("asks", settings.ask_workers, settings.ask_queue),
        Pool("changes", settings.change_workers, settings.change_queue),
        Pool("views", _VIEWERS, _VIEWING),
        Pool("watch", _WATCHERS, _WATCHING),
    )
