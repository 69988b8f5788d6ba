"""What briefings need of a store (``knowledge/briefing/ports.py``), in SQL."""

from knowledge.storage.briefing.deliveries import SqlDeliveries
from knowledge.storage.briefing.subscriptions import SqlSubscriptions

__all__ = ["SqlDeliveries", "SqlSubscriptions"]
