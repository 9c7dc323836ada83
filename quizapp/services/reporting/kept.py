"""Analyses kept in the memory of this process, so that a page turned is not reckoned anew."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """The values asked for last, at most `most` of them; used by several threads at once.

    A key holds all that its value depends on, so that a value is never stale and nothing is ever
    taken back. Two threads that ask for one missing value may both reckon it; it is the same.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, reckon: Callable[[], Value]) -> Value:
        """Return the value of the key, reckoned if it is not there."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = reckon()
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return value

    def clear(self) -> None:
        """Forget every value."""
        with self._lock:
            self._values.clear()
