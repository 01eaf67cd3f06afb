"""Prometheus metrics of what is being worked on, and what waits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from prometheus_client.core import GaugeMetricFamily

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

    from wenju.ui.load.pools import Pools


class PoolMetrics:
    """How full the pools of a server are, when it is asked."""

    def __init__(self, pools: Pools) -> None:
        self._pools = pools

    def collect(self) -> Iterator[Metric]:
        """``wenju_pool_running`` and ``wenju_pool_waiting``, by pool."""
        for state, about in (("running", "is being worked on"), ("waiting", "waits for a thread")):
            name = f"wenju_pool_{state}"
            family = GaugeMetricFamily(name, f"How much {about}.", labels=["pool"])
            for pool in self._pools.all:
                family.add_metric([pool.name], getattr(pool, state))
            yield family
