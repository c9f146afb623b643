"""One session for the tests of this app."""

from __future__ import annotations

from datetime import datetime

import pytest

from cast import Cast
from enishi.events.models import EventSession
from factories.events import make_session


@pytest.fixture
def session(cast: Cast, noon: datetime) -> EventSession:
    """One announced session for three people, two weeks ahead."""
    return make_session(minimum=1, maximum=3)
