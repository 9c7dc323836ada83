"""Every page, looked at by a program."""

import pytest

from tests.journeys.conftest import Opener, School
from tests.journeys.places import walk
from tests.journeys.sweeping import sweep

PAGES = 64


@pytest.mark.timeout(400)  # Every page in six windows: on a busy machine more than two minutes.
def test_no_page_has_a_barrier_or_scrolls_sideways(school: School, open_reader: Opener) -> None:
    found = [list(sweep(reader, place.name)) for place, reader in walk(school, open_reader)]
    assert [each for problems in found for each in problems] == []
    assert len(found) == PAGES
