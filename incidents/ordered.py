"""Things with offsets in text order, found by stretch without going through all of them."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Ordered(Generic[T]):
    """Items in the order of their start.

    Examples
    --------
    >>> words = Ordered(["b7", "a3"], lambda word: int(word[1:]))
    >>> words.within(0, 5), words.before(7)
    (['a3'], ['a3'])
    """

    def __init__(self, items: Sequence[T], start: Callable[[T], int]) -> None:
        self.items: list[T] = sorted(items, key=start)
        self._starts = [start(item) for item in self.items]

    def within(self, start: int, end: int) -> list[T]:
        """Return the items that begin in a stretch."""
        return self.items[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def before(self, end: int, *, reach: int = 10**9) -> list[T]:
        """Return the items that begin before an offset, at most `reach` characters before it."""
        return self.within(end - reach, end)
