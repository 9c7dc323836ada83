"""HTML -> blocks, by the events of its parser.

Scripts never run and nothing is fetched; what is not text of the page itself (navigation, forms,
scripts) is passed over. Where the page marks its main part, that part alone is read.
"""

from quizapp.extraction.blocks import Block, Losses, Reading, pair_cells
from quizapp.extraction.decoding import decode
from quizapp.extraction.limits import PASTE
from quizapp.extraction.markup_events import parse_html

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "nav",
        "footer",
        "aside",
        "form",
        "button",
        "select",
        "textarea",
        "audio",
        "video",
        "canvas",
        "head",
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "blockquote",
        "pre",
        "address",
        "figure",
        "figcaption",
        "dl",
        "dt",
        "dd",
        "body",
        "table",
        "caption",
        "ul",
        "ol",
        "li",
        "tr",
        "td",
        "th",
        "br",
        "hr",
    ]
)
_LISTS = frozenset({"ul", "ol"})
_MAIN = frozenset({"main", "article"})


def read_html(content: bytes) -> Reading:
    """Return the blocks of an HTML page.

    Raises:
        InvalidError: no text, nested too deep, or with declarations of its own.
    """
    page = _Page()
    parse_html(decode(content, markup=True), page, f"open it in a browser, {PASTE}")
    return page.finish()


class _Page:
    """Receives the parser's events and keeps the blocks."""

    def __init__(self) -> None:
        self.losses = Losses()
        self.skipped = self.in_main = self.lists = self.tables = 0
        self.words: list[str] = []
        self.items: list[str] = []
        self.rows: list[list[str]] = []
        self.title: list[str] = []
        self.in_title = False
        self.blocks: list[tuple[bool, Block]] = []

    def enter(self, tag: str, attributes: dict[str, str]) -> None:
        """Enter an element."""
        del attributes
        self.in_title = tag == "title" and not self.title
        if tag in _SKIPPED:
            self.skipped += 1
        elif tag == "img" and not self.skipped:
            self.losses.add("picture", "picture", "say in words what it shows")
        elif tag in _BLOCKS or tag in _HEADINGS:
            self._end_words(0)
            self._enter(tag)

    def leave(self, tag: str) -> None:
        """Leave an element."""
        self.in_title = False
        if tag in _SKIPPED:
            self.skipped -= 1
        elif tag in _BLOCKS or tag in _HEADINGS:
            self._end_words(_HEADINGS.get(tag, 0))
            self._leave(tag)

    def take(self, text: str) -> None:
        """Take text."""
        if self.in_title:
            self.title.append(text)
        if not self.skipped:
            self.words.append(text)

    def finish(self) -> Reading:
        """Return what was read: the main part alone, where the page marks one."""
        self._end_words(0)
        main = [block for inside, block in self.blocks if inside]
        blocks = main or [block for _, block in self.blocks]
        if not any(block.level == 1 for block in blocks) and self.title:
            blocks.insert(0, Block(text="".join(self.title).strip(), level=1))
        return Reading(blocks=tuple(blocks), damage=self.losses.list_damage())

    def _enter(self, tag: str) -> None:
        self.in_main += tag in _MAIN
        self.lists += tag in _LISTS
        self.tables += tag == "table"
        if self.tables and tag == "tr":
            self.rows.append([])

    def _leave(self, tag: str) -> None:
        if tag in _LISTS:
            self.lists -= 1
            if not self.lists and not self.tables:
                self._keep(Block(items=tuple(self.items)))
                self.items = []
        if tag == "table":
            self.tables -= 1
            if not self.tables:
                self._keep(Block(items=pair_cells(self.rows)))
                self.rows = []
        self.in_main -= tag in _MAIN

    def _end_words(self, level: int) -> None:
        text = " ".join("".join(self.words).split())
        self.words = []
        if not text:
            return
        if self.tables and self.rows:
            self.rows[-1].append(text)
        elif self.lists and not level:
            self.items.append(text)
        else:
            self._keep(Block(text=text, level=level))

    def _keep(self, block: Block) -> None:
        self.blocks.append((self.in_main > 0, block))
