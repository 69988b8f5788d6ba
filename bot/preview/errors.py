"""Errors of the preview: data only, the command line words them."""

from dataclasses import dataclass

from knowledge.errors import ParleyError


@dataclass(eq=False)
class PortTaken(ParleyError):
    """Another program listens on the port already, or the system does not let us have it."""

    port: int

    def __str__(self) -> str:
        return f"port {self.port} is not free"


@dataclass(eq=False)
class SimulatorMissing(ParleyError):
    """The optional packages of the preview are not installed (``pip install "parley-bot[preview]"``)."""

    module: str

    def __str__(self) -> str:
        return f"the preview needs {self.module!r}, which is not installed"
