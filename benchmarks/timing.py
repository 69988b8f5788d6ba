"""Times of calls, one by one."""

import gc
from collections.abc import Awaitable, Callable, Sequence
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

    def ratio(self, baseline: "Times") -> str:
        """How many times as long as a baseline."""
        return f"ratio {self.p50 / baseline.p50:.2f} / {self.p99 / baseline.p99:.2f}"


def times_of(seconds: Sequence[float]) -> Times:
    """The figures of single times."""
    cuts = quantiles(seconds, n=100)
    return Times(cuts[49] * 1000, cuts[98] * 1000)


def measure(call: Callable[[T], object], inputs: Sequence[T], rounds: int = 5) -> Times:
    """How long ``call`` takes for each input; the first round warms up and is not counted."""
    for each in inputs:
        call(each)
    gc.collect()
    seconds = []
    for each in [*inputs] * rounds:
        start = perf_counter()
        call(each)
        seconds.append(perf_counter() - start)
    return times_of(seconds)


async def measure_both(
    first: Callable[[T], Awaitable[object]], second: Callable[[T], Awaitable[object]], inputs: Sequence[T]
) -> tuple[Times, Times]:
    """How long two ways take for each input, by turns, so that a busy machine weighs on both alike."""
    seconds: tuple[list[float], list[float]] = [], []
    for number, each in enumerate(inputs):
        for way in (0, 1) if number % 2 else (1, 0):
            start = perf_counter()
            await (first, second)[way](each)
            seconds[way].append(perf_counter() - start)
    return times_of(seconds[0]), times_of(seconds[1])
