"""``make bench``: all benchmarks."""

from benchmarks import matching

matching.main()
