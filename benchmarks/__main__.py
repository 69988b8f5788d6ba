"""``make bench``: all benchmarks."""

from benchmarks import matching, overlays, servers

matching.main()
overlays.main()
servers.main()
