"""How a person fills in the fields of each kind: by mouse or finger, by keys, without scripts."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from quizapp.kinds.matching import OPEN
from quizapp.kinds.question import KindName, Question

TabTo = Callable[[Locator], None]
TYPED = {"cloze", "numeric", "date"}
TICKED = {"choice", "true_false", "select_all"}


def find_field(page: Page) -> Locator:
    """Return the field to type in."""
    return page.locator("main .typed__field")


def list_lines(kind: KindName, value: str) -> list[tuple[str, str]]:
    """Return name and value of the list of each item or prompt that an answer says something of."""
    words = value.split()
    if kind == "ordering":
        return [(f"place_{number}", str(place)) for place, number in enumerate(words, 1)]
    return [(f"match_{prompt}", word) for prompt, word in enumerate(words) if word != OPEN]


def fill_by_hand(
    page: Page, touch: Callable[[Locator], None], question: Question, value: str
) -> None:
    """Fill in an answer by mouse or finger; items are moved by buttons if there are any."""
    if question.kind in TICKED:
        for each in value.split():
            touch(page.locator(f".option:has([value='{each}'])"))
    elif question.kind in TYPED:
        touch(find_field(page))
        page.keyboard.type(value)
    elif question.kind == "ordering" and page.locator("[data-move]").first.is_visible():
        move_items(page, value, touch)
    else:
        for name, each in list_lines(question.kind, value):
            page.locator(f"[name={name}]").select_option(each)


def move_items(page: Page, value: str, press: Callable[[Locator], None]) -> None:
    """Bring the items into order by their buttons, the first one first."""
    count = len(value.split())
    for place, number in enumerate(value.split(), 1):
        item = page.locator(f"[data-item]:has([name=place_{number}])")
        up = item.get_by_role("button", name="Up")
        for _ in range(count):
            stands = page.locator("[data-item] select").evaluate_all(
                "(lists, name) => lists.findIndex((each) => each.name === name) + 1",
                f"place_{number}",
            )
            if (stands, page.locator(f"[name=place_{number}]").input_value()) == (
                place,
                str(place),
            ):
                break
            press(up)
            said = page.locator("[data-ordering] [role=status]")
            expect(said).to_contain_text(f"place {max(stands - 1, 1)} of {count}")
        expect(page.locator(f"[name=place_{number}]")).to_have_value(str(place))


def fill_by_keys(page: Page, tab_to: TabTo, question: Question, value: str) -> None:
    """Fill in an answer with single keys, or by going from field to field, and check it."""
    if question.kind in TICKED:
        for each in value.split():
            option = page.locator(f"main [name=answer][value='{each}']").first
            page.keyboard.press(option.get_attribute("data-key") or "")
            expect(option).to_be_focused()
            expect(option).to_be_checked()
        page.keyboard.press("Enter")
    elif question.kind in TYPED:
        _type(page, value)
    elif question.kind == "ordering":

        def press(button: Locator) -> None:
            tab_to(button) if not _has_focus(button) else None
            page.keyboard.press("Enter")
            expect(button).to_be_focused()

        move_items(page, value, press)
        _check(page, tab_to)
    else:
        _choose(page, tab_to, question, value)


def fill_without_scripts(page: Page, tab_to: TabTo, question: Question, value: str) -> None:
    """Fill in an answer with the keys that browsers know by themselves, and check it."""
    if question.kind in {"choice", "true_false"}:
        options = page.locator("main [type=radio]")
        tab_to(options.first)
        page.keyboard.press("Space")
        while not options.and_(page.locator(f"[value='{value}']")).is_checked():
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    elif question.kind == "select_all":
        # In the order of the page, since Tab leads down it.
        for box in page.locator("main [type=checkbox]").all():
            tab_to(box)
            if box.get_attribute("value") in value.split():
                page.keyboard.press("Space")
        page.keyboard.press("Enter")
    elif question.kind in TYPED:
        _type(page, value)
    else:
        _choose(page, tab_to, question, value)


def _type(page: Page, value: str) -> None:
    expect(find_field(page)).to_be_focused()
    page.keyboard.type(value)
    page.keyboard.press("Enter")


def _choose(page: Page, tab_to: TabTo, question: Question, value: str) -> None:
    """Choose in each list with the arrow keys, in the order of the page."""
    wanted = dict(list_lines(question.kind, value))
    for line in page.locator("main fieldset select").all():
        tab_to(line)
        while line.input_value() != wanted.get(line.get_attribute("name") or "", ""):
            page.keyboard.press("ArrowDown")
    _check(page, tab_to)


def _check(page: Page, tab_to: TabTo) -> None:
    tab_to(page.get_by_role("button", name="Check answer"))
    page.keyboard.press("Enter")


def _has_focus(place: Locator) -> bool:
    found: bool = place.evaluate("each => each === document.activeElement")
    return found
