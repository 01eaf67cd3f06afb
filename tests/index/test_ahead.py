"""Doing ahead changes nothing but when: order, errors, what is taken, what ends."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextvars import copy_context

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenju.corpus import cancellation
from wenju.corpus.errors import ReadError
from wenju.index.ahead import ahead


@given(st.lists(st.integers(), max_size=30), st.integers(1, 4))
def test_results_come_in_the_order_of_the_items(items: list[int], workers: int) -> None:
    def work(item: int) -> int:
        time.sleep((item % 3) / 2000)
        return item * 2

    assert list(ahead(work, items, workers)) == [item * 2 for item in items]


@pytest.mark.parametrize("workers", [1, 3])
def test_what_work_raises_is_raised_in_its_turn(workers: int) -> None:
    def work(item: int) -> int:
        if item == 2:
            raise ReadError("two")
        return item

    results = ahead(work, range(5), workers)
    assert [next(results), next(results)] == [0, 1]
    with pytest.raises(ReadError, match="two"):
        next(results)


def test_several_work_at_the_same_time() -> None:
    met = threading.Barrier(3, timeout=20)
    assert list(ahead(lambda item: met.wait() >= 0 and item, range(3), 3)) == [0, 1, 2]


def test_items_are_taken_by_who_takes_the_results_and_not_all_at_once() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for item in range(100):
            taken.append(threading.get_ident())
            yield item

    results = ahead(lambda item: item, items(), 2)
    next(results)
    assert len(taken) < 10
    assert set(taken) == {threading.get_ident()}
    assert len(list(results)) == 99


def test_what_nobody_takes_any_more_ends() -> None:
    begun, ended = threading.Event(), threading.Event()

    def work(item: int) -> int:
        begun.set()
        try:
            while item:
                cancellation.check()
                time.sleep(0.001)
        finally:
            ended.set()
        return item

    results = ahead(work, [0, 1, 1], 2)
    assert next(results) == 0
    results.close()  # type: ignore[attr-defined]
    assert begun.is_set() and ended.wait(20)


def test_who_asked_can_end_what_is_done_ahead() -> None:
    class Left(Exception):
        pass

    def check() -> None:
        raise Left

    def work(item: int) -> int:
        cancellation.check()
        return item

    def asked() -> None:
        cancellation.end_by(check)
        list(ahead(work, [1], 2))

    with pytest.raises(Left):
        copy_context().run(asked)
