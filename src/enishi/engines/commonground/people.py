"""What one person tells: stints, profile facts, and who may know of them."""

from dataclasses import dataclass

from .kinds import PROFILE_KINDS, Kind
from .months import check_span

LARGEST = 2**31 - 1
UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Stint:
    """One span at a place. Places and managers are the caller's numbers, 0 to 2**31-1; None: not told.

    `start` and `end` are `YYYYMM` (`YYYY00`: month unknown, 0: unknown). For a stint that still runs
    give the month the caller holds to be the present one: the engine knows no clock.
    """

    organisation: int | None = None
    site: int | None = None
    department: int | None = None
    manager: int | None = None
    start: int = 0
    end: int = 0

    def __post_init__(self) -> None:
        check_span(self.start, self.end)
        for value in (self.organisation, self.site, self.department, self.manager):
            if value is not None:
                _check_value(value)


@dataclass(frozen=True, slots=True)
class Person:
    """A person with all they hold. What is hidden is dropped at the door and kept nowhere.

    `facts` are pairs of a profile kind (COHORT … OFFERS) and the caller's number for the value.
    `hidden`: kinds nobody may know of. `near`: kinds only for those who worked where this person did, that
    is, whose visible stints share a site with this person's visible stints.
    `opted_out`: is suggested to nobody, asks for nobody, and counts nowhere.
    """

    id: int
    stints: tuple[Stint, ...] = ()
    facts: tuple[tuple[Kind, int], ...] = ()
    hidden: frozenset[Kind] = frozenset()
    near: frozenset[Kind] = frozenset()
    opted_out: bool = False

    def __post_init__(self) -> None:
        if self.id < 0:
            raise ValueError(f"The id {self.id} is negative: number people from 0")
        for kind, value in self.facts:
            if kind not in PROFILE_KINDS:
                raise ValueError(
                    f"Kind {kind!r} is no profile fact: put organisation, site, department and manager into a stint"
                )
            _check_value(value)


def _check_value(value: int) -> None:
    if not 0 <= value <= LARGEST:
        raise ValueError(f"The value {value} is outside 0 to {LARGEST}: number your sites, people and topics from 0")
