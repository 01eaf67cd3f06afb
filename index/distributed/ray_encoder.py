"""Passages encoded by the machines of a Ray cluster."""

from __future__ import annotations

import logging
import socket
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from wenju.corpus.errors import WenjuError
from wenju.index.distributed.extra import needed
from wenju.index.encoder import Encoder, load_encoder

if TYPE_CHECKING:
    from numpy.typing import NDArray

LOCAL: Final = "local"
_PER_TASK: Final = 64  # texts; a task that is lost with its machine is done again


class RayError(WenjuError):
    """The cluster cannot be reached, or its machines cannot encode."""


class RayEncoder:
    """The encoder of a setting, computed by Ray Data: the same vectors under the same name.

    Each task encodes 64 texts on one core. The process that runs it loads the encoder with its first task and
    keeps it. Ray gives the tasks of a machine that is lost to another one. Questions are encoded here.
    """

    def __init__(self, encoder: str, address: str, workers: int, device: str = "cpu") -> None:
        """Connect to a cluster: ``auto``, ``ray://host:10001``, or ``local`` for ``workers`` processes here.

        ``encoder`` is what :func:`index.encoder.load_encoder` takes; each machine needs this version of
        Wenju and, where it is a folder, that folder. Raises RayError, MissingExtra.
        """
        needed("ray", of="Spreading the work by Ray", extra="ray")
        self._spec, self._device = encoder, device
        self._here = load_encoder(encoder, device)
        self._is_own = _connect(address, workers)

    @property
    def name(self) -> str:
        """The name of the encoder that the machines load."""
        return self._here.name

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return self._here.dimension

    def encode(self, texts: Sequence[str], *, query: bool = False) -> NDArray[np.float32]:
        """Vectors of shape (n, dimension), float32, of unit length, in the order of the texts.

        Raises RayError where the cluster cannot do it.
        """
        if query or not texts:
            return self._here.encode(texts, query=query)
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        try:
            for batch in self._encoded(texts):
                vectors[batch["at"]] = batch["vector"]
        except Exception as error:  # whatever Ray makes of what went wrong far away
            reason = (str(error).strip() or type(error).__name__).splitlines()[-1][:300]
            raise RayError(
                f"The cluster could not encode the passages ({reason}). What was added stays; add the same "
                "again once it can, to go on."
            ) from error
        return vectors

    def _encoded(self, texts: Sequence[str]) -> Any:  # noqa: ANN401 - Ray has no types for it
        import ray.data

        rows = [{"at": at, "text": text} for at, text in enumerate(texts)]
        blocks = max(1, -(-len(rows) // _PER_TASK))
        given = ray.data.from_items(rows, override_num_blocks=blocks)
        task: Any = encode_batch  # Ray's types know none with arguments
        made = given.map_batches(
            task, fn_args=(self._spec, self._device), batch_size=None, num_cpus=1
        )
        return made.iter_batches(batch_size=None)

    def close(self) -> None:
        """Leave the cluster, unless this process was in it before; one that was started here ends."""
        import ray

        if self._is_own:
            ray.shutdown()

    def __enter__(self) -> RayEncoder:
        """Use as a context manager."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the cluster."""
        self.close()


def encode_batch(batch: Mapping[str, Any], encoder: str, device: str) -> dict[str, Any]:
    """A task: the vectors of a batch's texts, beside their numbers."""
    vectors = _loaded(encoder, device).encode([str(text) for text in batch["text"]])
    return {"at": batch["at"], "vector": vectors}


@cache
def _loaded(encoder: str, device: str) -> Encoder:
    """Kept as long as the process that runs tasks."""
    return load_encoder(encoder, device)


def _connect(address: str, workers: int) -> bool:
    """Whether this process was in no cluster before."""
    import ray
    import ray.data

    is_own = not ray.is_initialized()
    if is_own:
        _enter(address, workers)
    ray.data.DataContext.get_current().enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    return is_own


def _enter(address: str, workers: int) -> None:
    import ray

    is_local = address == LOCAL
    try:
        _reach(address)
        ray.init(
            address,
            num_cpus=workers if is_local else None,
            include_dashboard=False if is_local else None,
            log_to_driver=False,
            logging_level=logging.ERROR,
        )
    except Exception as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0][:200]
        raise RayError(
            f"There is no Ray cluster at {address!r} ({reason}): expected auto, ray://host:10001, or "
            "local for one on this machine."
        ) from error


def _reach(address: str) -> None:
    """Raise OSError where a host and port do not answer: Ray would try for minutes."""
    host, separator, port = address.removeprefix("ray://").rpartition(":")
    if separator and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), timeout=10).close()
