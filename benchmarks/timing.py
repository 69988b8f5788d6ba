"""Times of calls, one by one."""

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Times:
    """The middle and the 99th of a hundred times, in milliseconds."""

    p50: float
    p99: float

    def __str__(self) -> str:
        return f"p50 {self.p50:8.3f} ms   p99 {self.p99:8.3f} ms"


def measure(call: Callable[[T], object], inputs: Sequence[T], rounds: int = 5) -> Times:
    """How long ``call`` takes for each input; the first round warms up and is not counted."""
    for each in inputs:
        call(each)
    gc.collect()
    times = []
    for each in [*inputs] * rounds:
        start = perf_counter()
        call(each)
        times.append((perf_counter() - start) * 1000)
    cuts = quantiles(times, n=100)
    return Times(cuts[49], cuts[98])
