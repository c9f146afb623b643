"""When we meet, and who comes."""

from enishi.events.models.series import EventSeries, ProgrammeSegment
from enishi.events.models.session import EventSession
from enishi.events.models.signup import Signup

__all__ = ["EventSeries", "EventSession", "ProgrammeSegment", "Signup"]
