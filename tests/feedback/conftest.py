"""A series that Nakamura, Mori, Jansen and Saeki came to; Onishi did not."""

from __future__ import annotations

from datetime import datetime

import pytest

from cast import Cast
from enishi.events.models import EventSeries
from factories.gatherings import make_held


@pytest.fixture
def series(cast: Cast, noon: datetime) -> EventSeries:
    return make_held([cast.nakamura, cast.mori, cast.jansen], [cast.nakamura, cast.mori, cast.saeki])
