"""A function and many items → its results, in the order of the items, from as many processes as there are workers."""

from __future__ import annotations

import multiprocessing.connection
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeVar

CHUNK = 16  # items handed to a worker at a time, at most

T = TypeVar("T")
R = TypeVar("R")


class WorkerError(Exception):
    """A worker ended before its work did."""


def each(function: Callable[[T], R], items: Sequence[T], workers: int) -> Iterator[R]:
    """Call the function with each item; in this process if one worker is asked for.

    >>> list(each(abs, [-1, 2, -3], workers=1))
    [1, 2, 3]
    """
    if workers <= 1 or len(items) <= 1:
        yield from map(function, items)
        return
    # Processes that start afresh on every platform: a fork would copy locks that other threads hold.
    fresh = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(workers, len(items)), mp_context=fresh, initializer=_begin)
    try:
        size = max(1, min(CHUNK, len(items) // (4 * workers)))
        with _undisturbed():  # workers start in here, and take over what a Ctrl-C means
            results = pool.map(function, items, chunksize=size)
        yield from results
    except BrokenProcessPool as error:
        raise WorkerError("a worker was killed, perhaps for want of memory; use fewer workers") from error
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """No Ctrl-C for a moment: a worker that it meets while Python starts up would print where it stood."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _begin() -> None:
    """Let a worker end with the process that started it, and leave the answer to Ctrl-C to that."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for items for ever."""
    parent = multiprocessing.parent_process()
    if parent:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)
