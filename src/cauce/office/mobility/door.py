"""The door for devices: what they need to check cards, and what they recorded, sent in.

No cookie opens it, so that a page from a file may use it; a device sends for itself alone, and what
it is told names nobody. Sending again is always right.
"""

from dataclasses import asdict
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from cauce.model.errors import BadInput
from cauce.model.event import Receipt
from cauce.office.seat import Office
from cauce.registers.cards.batch import read_batch
from cauce.registers.cards.ring import ring_text
from cauce.store.log.card_keys import ring_of
from cauce.store.log.cards import lists_of
from cauce.store.log.database import told
from cauce.store.log.devices import Device
from cauce.store.log.events import progress_of, take_in

CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "600",
}
STATE, EVENTS = "/devices/v1/state", "/devices/v1/events"


def door_routes(office: Office) -> list[BaseRoute]:
    """What answers devices."""
    return [
        Route(STATE, _state(office), methods=["GET"]),
        Route(EVENTS, _events(office), methods=["POST"]),
        Route(STATE, _preflight, methods=["OPTIONS"]),
        Route(EVENTS, _preflight, methods=["OPTIONS"]),
    ]


def _preflight(_: Request) -> Response:
    return Response(status_code=204, headers=CORS)


def _answer(told: dict[str, Any], status: int = 200) -> Response:
    return JSONResponse(told, status, CORS)


def _device(request: Request) -> Device | None:
    return getattr(request.state, "device", None)


UNKNOWN = {"error": "key_unknown"}


def _state(office: Office) -> Any:
    """The ring, the newest lists, who the device is and up to which count it is known here."""

    def answer(request: Request) -> Response:
        device = _device(request)
        if device is None:
            return _answer(UNKNOWN, 401)
        with office.database.reading(_actor(device), told(None)) as connection:
            ring, lists = ring_of(connection), lists_of(connection)
            upto, missing = progress_of(connection, device.id)
        mine = {key.id: key for key in ring.values() if key.country == device.country}
        return _answer(
            {
                "device": {
                    "id": device.id,
                    "name": device.name,
                    "kind": device.kind,
                    "place": device.place,
                    "employer": device.employer,
                },
                "now": office.clock().isoformat(),
                "upto": upto,
                "missing": missing,
                "ring": ring_text(mine),
                "lists": lists,
            }
        )

    return answer


def _events(office: Office) -> Any:
    """A batch, and the receipt once it is on disk."""

    async def answer(request: Request) -> Response:
        device = _device(request)
        if device is None:
            return _answer(UNKNOWN, 401)
        body = await request.body()
        try:
            receipt = await run_in_threadpool(_taken, office, device, body)
        except BadInput as error:
            return _answer({"error": "no_batch", "detail": str(error)}, 422)
        if receipt is None:
            return _answer({"error": "another_device"}, 403)
        return _answer(asdict(receipt))

    return answer


def _taken(office: Office, device: Device, body: bytes) -> Receipt | None:
    """The receipt of a batch; None if the batch is of another device."""
    batch = read_batch(body.decode("utf-8", "replace"))
    if batch.device != device.id:
        return None
    here = told(frozenset({device.country}))
    with office.database.writing(_actor(device), here) as connection:
        return take_in(connection, batch, device.country, office.clock())


def _actor(device: Device) -> str:
    return f"device:{device.id}"
