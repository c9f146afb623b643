"""One person in the room while the ledger is read."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Guest:
    """Times in milliseconds; numbers of events stand for the order in which things happened."""

    id: int
    first_timer: bool = False
    observer: bool = False
    present: bool = True
    removed: bool = False
    listening: bool = False
    dropped_at: int | None = None  # since when the connection is lost, while the place is kept
    gone: bool = False  # lost for too long: the place is given up until the return
    hand: int | None = None  # number of the event that raised it
    put_off: int | None = None  # number of the event that put the turn off
    passed: bool = False
    turns: int = 0
    spoken: int = 0
    spoken_by_segment: dict[int, int] = field(default_factory=dict)

    @property
    def takes_part(self) -> bool:
        """Is in the room, or will be back any moment, and wants to speak?"""
        return self.present and not self.gone and not self.removed and not self.listening and not self.observer

    @property
    def can_speak(self) -> bool:
        return self.takes_part and self.dropped_at is None

    def begin_segment(self) -> None:
        """Everybody starts anew: turns, passes and putting off belong to one segment."""
        self.turns, self.passed, self.put_off, self.hand = 0, False, None, None
