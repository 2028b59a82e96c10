"""Results come in order, whoever works, and a worker that dies is named."""

from __future__ import annotations

import math
import os

import pytest

from kg.workers import WorkerError, each


@pytest.mark.parametrize("workers", [1, 2])
def test_results_are_in_the_order_of_the_items(workers: int) -> None:
    assert list(each(math.sqrt, [n * n for n in range(100)], workers)) == list(range(100))


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_the_function_is_raised(workers: int) -> None:
    with pytest.raises(ValueError, match=r"math domain error|nonnegative"):
        list(each(math.sqrt, [4, -1, 4], workers))


def test_a_worker_that_dies_is_named() -> None:
    with pytest.raises(WorkerError, match="fewer workers"):
        list(each(os._exit, [1, 1], 2))
