"""Deliveries as rows and back."""

from knowledge.briefing.model import Delivery, DeliveryKind, DeliveryState
from knowledge.model import Scope
from knowledge.storage.tables import DeliveryRow


def delivery_to_values(delivery: Delivery) -> dict[str, object]:
    """The columns of a delivery, by name."""
    return {
        "subscription": delivery.subscription,
        "slot": delivery.slot,
        "scope": delivery.scope.id,
        "kind": delivery.kind.value,
        "state": delivery.state.value,
        "delayed": delivery.delayed,
        "worker": delivery.worker,
        "lease_until": delivery.lease_until,
        "since": delivery.since,
        "upto": delivery.upto,
        "total": delivery.total,
        "parts": list(delivery.parts),
        "thread": delivery.thread,
        "attempts": delivery.attempts,
        "touched_at": delivery.touched_at,
        "retry_at": delivery.retry_at,
        "finished_at": delivery.finished_at,
        "error": delivery.error,
        "told": delivery.told,
    }


def delivery_from_row(row: DeliveryRow) -> Delivery:
    """The delivery of a row."""
    return Delivery(
        subscription=row.subscription,
        scope=Scope(row.scope),
        slot=row.slot,
        kind=DeliveryKind(row.kind),
        state=DeliveryState(row.state),
        delayed=row.delayed,
        worker=row.worker,
        lease_until=row.lease_until,
        since=row.since,
        upto=row.upto,
        total=row.total,
        parts=tuple(row.parts),
        thread=row.thread,
        attempts=row.attempts,
        touched_at=row.touched_at,
        retry_at=row.retry_at,
        finished_at=row.finished_at,
        error=row.error,
        told=row.told,
    )
