import json
from datetime import UTC, date, datetime

import pytest

from quizapp.formats.parts_json import write_parts


def test_parts_are_one_document_whose_lists_are_written_item_by_item() -> None:
    pieces = list(
        write_parts(
            {
                "format": "x/1",
                "at": datetime(2026, 3, 2, 8, tzinfo=UTC),
                "day": date(2026, 3, 2),
                "some": iter([{"name": "Zieliński"}, None, 0.1]),
                "none": iter([]),
                "list": [1, "</script>"],
            }
        )
    )
    assert json.loads("".join(pieces)) == {
        "format": "x/1",
        "at": "2026-03-02T08:00:00+00:00",
        "day": "2026-03-02",
        "some": [{"name": "Zieliński"}, None, 0.1],
        "none": [],
        "list": [1, "</script>"],
    }
    assert len(pieces) > 9
    assert "Zieliński" in "".join(pieces)


def test_an_item_is_asked_for_when_its_turn_comes() -> None:
    asked = []

    def items() -> object:
        for number in range(3):
            asked.append(number)
            yield number

    pieces = write_parts({"first": 1, "items": items()})
    while not asked:
        next(pieces)
    assert asked == [0]


def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="bytes"):
        list(write_parts({"x": b"1"}))
