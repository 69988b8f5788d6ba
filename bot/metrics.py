"""What is counted and timed while the bot runs. Labels are names of ours or of Discord's, never what somebody typed."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0)
"""Seconds: a reader notices from 0.1 on, "thinking …" comes at 1.5, Discord gives up at 3."""


class Metrics:
    """The metrics of one client, in a registry of their own: two bots in one process count apart."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._used()
        self._connected()
        self._kept()

    def _used(self) -> None:
        self.commands = self._timed("parley_command_seconds", "Commands by how they ended", "command", "outcome")
        self.acknowledgements = self._timed(
            "parley_acknowledgement_seconds", "From an interaction on Discord to our first response", "kind"
        )
        self.questions = self._counted("parley_questions", "Questions in any words by the kind of answer", "kind")

    def _connected(self) -> None:
        self.rest = self._timed(
            "parley_rest_seconds", "Requests to Discord, each try apart", "method", "route", "status"
        )
        self.malformed = self._counted("parley_gateway_malformed", "Gateway events that were dropped as malformed")
        self.gateway_latency = self._shown("parley_gateway_latency_seconds", "From a heartbeat to its answer")
        self.servers = self._shown("parley_servers", "Servers that the bot is in")

    def _kept(self) -> None:
        self.pool = self._shown("parley_database_connections_in_use", "Connections of the pool that work now")
        self.names = self._shown("parley_index_names", "Names in the index that ships with the bot")
        self.briefings = self._shown("parley_briefings", "Deliveries of briefings by state", "state")
        self.lag = self._shown("parley_briefings_lag_seconds", "How long the delivery that waits longest has been due")

    def _timed(self, name: str, what: str, *labels: str) -> Histogram:
        return Histogram(name, what, labels, registry=self.registry, buckets=QUICK)

    def _counted(self, name: str, what: str, *labels: str) -> Counter:
        return Counter(name, what, labels, registry=self.registry)

    def _shown(self, name: str, what: str, *labels: str) -> Gauge:
        return Gauge(name, what, labels, registry=self.registry)
