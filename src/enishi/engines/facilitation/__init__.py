"""A fair live room: agenda, ledger of what happened and the moment, to the state everybody sees."""

from .agenda import Agenda, Order, Segment
from .circle import draw_circle
from .events import HOST_KINDS, KINDS, Event, Kind, in_order
from .fairness import gini
from .room import GRACE_MS, Room, replay
from .state import PersonState, RoomState, Status

__all__ = [
    "GRACE_MS",
    "HOST_KINDS",
    "KINDS",
    "Agenda",
    "Event",
    "Kind",
    "Order",
    "PersonState",
    "Room",
    "RoomState",
    "Segment",
    "Status",
    "draw_circle",
    "gini",
    "in_order",
    "replay",
]
