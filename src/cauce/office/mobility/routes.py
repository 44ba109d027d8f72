"""The addresses of mobility: for whoever runs a mechanism, for devices, and for workers."""

from starlette.routing import BaseRoute, Route

from cauce.office.desk.visit import Handler, Room, visited
from cauce.office.mobility import (
    check,
    devices,
    employers,
    events,
    funnel,
    index,
    issuing,
    pairs,
    permits,
)
from cauce.office.mobility.door import door_routes
from cauce.office.mobility.own import own_card

ADDRESSES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/mobility", index.index),
    ("GET", "/mobility/requests/{key}", permits.request),
    ("POST", "/mobility/requests/{key}/cards", issuing.issue_cards),
    ("GET", "/mobility/permits/{key}", permits.permit),
    ("POST", "/mobility/permits/{key}/card", issuing.issue_card),
    ("POST", "/mobility/permits/{key}/employer", employers.change_employer),
    ("POST", "/mobility/cards/{card}/revoke", issuing.revoke_card),
    ("GET", "/mobility/devices", devices.devices),
    ("POST", "/mobility/devices", devices.enrol_device),
    ("POST", "/mobility/devices/{device}/end", devices.end_device),
    ("GET", "/mobility/post.html", devices.post_page),
    ("GET", "/mobility/events", events.events),
    ("POST", "/mobility/events/decide", events.decide_conflict),
    ("GET", "/mobility/pairs", pairs.pairs),
    ("POST", "/mobility/pairs", pairs.compare),
    ("POST", "/mobility/pairs/decide", pairs.decide_pair),
    ("GET", "/mobility/mechanisms/{key}", funnel.funnel),
    ("GET", "/check-card", check.check_card),
    ("POST", "/check-card", check.check_card),
)


def routes(room: Room) -> list[BaseRoute]:
    """What answers about mobility."""
    return [
        *(
            Route(f"/{{language}}{path}", visited(room, handler), methods=[method])
            for method, path, handler in ADDRESSES
        ),
        Route("/{language}/my-card", own_card(room), methods=["GET", "POST"]),
        *door_routes(room.office),
    ]
