"""The pictures of a topic folder: what is read of them, and what is said of wrong ones."""

from pathlib import Path

import pytest

from quizapp.errors import InvalidError
from quizapp.facts.folders import read_files
from quizapp.facts.pictures import LARGEST, MOST, digest_picture, list_faults, name_picture

PNG, JPEG = b"\x89PNG\r\n\x1a\n rest", b"\xff\xd8\xff rest"
GIF, WEBP = b"GIF87a rest", b"RIFF\x00\x00\x00\x00WEBPrest"


def name(content: bytes, mime: str) -> str:
    return name_picture(digest_picture(content), mime)


def tell(files: dict[str, bytes]) -> list[str]:
    return [problem.text for problem in list_faults(files)]


@pytest.mark.parametrize(
    ("content", "mime", "ending"),
    [
        (PNG, "image/png", "png"),
        (JPEG, "image/jpeg", "jpg"),
        (GIF, "image/gif", "gif"),
        (WEBP, "image/webp", "webp"),
    ],
)
def test_a_picture_is_called_by_its_digest_and_its_type(
    content: bytes, mime: str, ending: str
) -> None:
    right = f"images/{digest_picture(content)}.{ending}"
    assert name(content, mime) == right
    assert tell({right: content}) == []
    for wrong in (f"images/{digest_picture(content)}.jpeg", "images/map.png", f"{right}.{ending}"):
        (told,) = tell({wrong: content})
        assert told.startswith(f"{wrong}: not ")
        assert right in told


def test_a_digest_of_other_bytes_asks_for_the_picture_or_its_own_name() -> None:
    wrong = name(GIF, "image/gif")
    (told,) = tell({wrong: PNG})
    assert told.startswith(f"{wrong}: not the picture that its name says")
    assert f"write image:{digest_picture(PNG)} in the question" in told


@pytest.mark.parametrize(
    ("content", "most"), [(PNG + bytes(LARGEST - len(PNG)), 0), (PNG + bytes(LARGEST), 1)]
)
def test_a_picture_has_a_largest_size(content: bytes, most: int) -> None:
    told = tell({name(content, "image/png"): content})
    assert [text for text in told if "over 400 kB" in text] == told
    assert len(told) == most


def test_all_pictures_together_have_a_largest_size_and_number() -> None:
    large = [PNG + bytes([place]) * (LARGEST - len(PNG)) for place in range(52)]
    files = {name(content, "image/png"): content for content in large}
    assert tell(files) == ["images: the pictures are over 20 MB together; make them smaller"]
    files.popitem()
    assert tell(files) == []
    many = (PNG + f"{place}".encode() for place in range(MOST + 1))
    files = {name(content, "image/png"): content for content in many}
    assert tell(files) == ["images: more than 1,000 pictures; part the set in two"]
    files.popitem()
    assert tell(files) == []


def test_a_folder_is_read_with_its_pictures_and_no_more_of_them_than_needed(
    tmp_path: Path,
) -> None:
    images = tmp_path / "images"
    (images / "deeper").mkdir(parents=True)
    for file in (tmp_path / "facts.yaml", images / "a.png", images / ".b", images / "deeper" / "c"):
        file.write_bytes(b"text")
    (images / "large.png").write_bytes(bytes(LARGEST + 9))
    found = read_files(tmp_path)
    assert found == {
        "facts.yaml": b"text",
        "images/a.png": b"text",
        "images/large.png": bytes(LARGEST + 1),
    }


def test_a_folder_of_too_many_pictures_is_not_read(tmp_path: Path) -> None:
    images = tmp_path / "images"
    images.mkdir()
    for place in range(MOST):
        (images / f"{place}.png").touch()
    assert len(read_files(tmp_path)) == MOST
    (images / "one-more.png").touch()
    with pytest.raises(InvalidError) as refused:
        read_files(tmp_path)
    assert refused.value.problems[0].text.startswith("images: more than 1,000 files")
