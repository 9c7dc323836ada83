"""What a learner feels: from a key to what it brings, in a real browser before the real server."""

import gzip
from base64 import b64decode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from unittest.mock import patch

from playwright.sync_api import Browser, Error, Page
from sqlalchemy import update

from quizapp.resources import find_folder
from quizapp.services import publishing
from quizapp.services.accounts.registering import register, set_password
from quizapp.storage.courses import add_course, enrol, teach
from quizapp.storage.engine import Database
from quizapp.storage.tables import AccountRow
from tests.benchmarks.measuring import Sizes
from tests.factories.fact_packs import get_pack
from tests.support.browser import find_browser, run_browser
from tests.support.client import PASSWORD
from tests.support.databases import copy_sqlite, make_sqlite_template, opened
from tests.support.serving import serving

AIM_MS = 100  # what follows sooner seems to be done by the hand itself
AIM_BYTES = 30_000
_EMAILS = ("swaps@example.org", "navigates@example.org", "weighs@example.org")
_MOST = 40  # the shipped topic asks some more facts by a choice
_MANY = 1000
_READING_MS = 300
_POLL_MS, _PATIENCE_MS = 20, 20_000
# Enter is pressed before a question or before feedback; once the other one has been painted, how
# long that took is noted. What is noted outlives a navigation. A frame is painted when the first
# task after its callback runs.
_WATCH = """(() => {
  const find = () => document.querySelector("main .feedback h2") ? "feedback"
    : document.querySelector("main h1") ? "question" : "";
  const now = () => performance.timeOrigin + performance.now();
  const note = () => {
    const { start, from } = JSON.parse(sessionStorage.pressed ?? "{}");
    if (!start || !find() || find() === from) return;
    delete sessionStorage.pressed;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { sessionStorage.took = now() - start; };
      channel.port2.postMessage(null);
    });
  };
  addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    const start = performance.timeOrigin + event.timeStamp;
    sessionStorage.pressed = JSON.stringify({ start, from: find() });
  }, true);
  new MutationObserver(note).observe(document, { childList: true, subtree: true });
})();"""
_TAKE = "(() => { const { took } = sessionStorage; delete sessionStorage.took; return took; })()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """From pressing Enter to the frame that shows what it brings, in milliseconds of `n` times."""

    median_ms: float
    p95_ms: float
    aim_ms: int | None
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What the review page with its scripts, styles and pictures makes a browser fetch.

    `sent_bytes` went over the network, heads included; `gzip_bytes` are the bodies where all of
    them are compressed, as by a server in front: the aim is theirs.
    """

    requests: int
    sent_bytes: int
    gzip_bytes: int
    aim_bytes: int | None


def measure_felt(sizes: Sizes) -> dict[str, Mapping[str, float | None] | str]:
    """Answer with scripts and without their swapping, and weigh the page; "skipped" says why not.

    Times are those of a clock on the wall, so that everything else the machine does is in them.
    """
    if find_browser() is None:
        return {"skipped": "there is no browser"}
    answers = min(sizes.calls, _MOST)
    with _serve_topic() as address, run_browser() as browser:
        swaps, navigates, weighs = (_open(browser, address, email) for email in _EMAILS)
        swapped = _answer_all(swaps, answers, AIM_MS)
        navigates.route("**/swap.js", lambda route: route.abort())
        navigates.reload()
        navigated = _answer_all(navigates, answers, None)
        first, warm = _weigh(weighs)
    return {
        "check": asdict(swapped[0]),
        "continue": asdict(swapped[1]),
        "check_by_navigation": asdict(navigated[0]),
        "continue_by_navigation": asdict(navigated[1]),
        "first_visit": asdict(first),
        "warm_visit": asdict(warm),
    }


@contextmanager
def _serve_topic() -> Iterator[str]:
    with TemporaryDirectory() as folder:
        address = copy_sqlite(make_sqlite_template(Path(folder)), Path(folder))
        with opened(address) as database:
            _furnish(database)
        with serving(address) as server:
            yield f"http://127.0.0.1:{server.port}"


def _furnish(database: Database) -> None:
    """Make a course that asks the shipped topic by choices, and a learner for each measurement."""
    now = datetime.now(UTC)
    pack = get_pack(find_folder("questions") / "jnim")
    with patch.object(publishing, "SHOWN", ("choice",)), database.writing() as session:
        version_id = publishing.publish_pack(session, pack, owner_id=None, seed=0, now=now)
        course_id = add_course(session, title="Felt", timezone="UTC", now=now)
        teach(session, course_id=course_id, version_id=version_id)
        for email in _EMAILS:
            person = register(
                session, email=email, name="Learner", role="learner", timezone="UTC", now=now
            )
            set_password(session, person, PASSWORD)
            enrol(session, course_id=course_id, account_id=person.id, role="learner", now=now)
        session.execute(update(AccountRow).values(new_per_day=_MANY))
        session.commit()


def _open(browser: Browser, address: str, email: str) -> Page:
    """Sign a learner in and let them begin; nothing is answered by what was kept for offline."""
    page = browser.new_context(base_url=address, service_workers="block").new_page()
    page.add_init_script(_WATCH)
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Start reviewing").click()
    page.wait_for_url("**/review/*")
    return page


def _answer_all(page: Page, answers: int, aim: int | None) -> tuple[Wait, Wait]:
    """Answer and go on, both by Enter; return how long each took."""
    checks, continues = [], []
    for _ in range(answers):
        page.locator("main [type=radio]").first.check()
        checks.append(_press(page))
        page.wait_for_timeout(_READING_MS)
        continues.append(_press(page))
    return _sum_up(checks, aim), _sum_up(continues, aim)


def _press(page: Page) -> float:
    """Press Enter and return after how many milliseconds what it brings was painted.

    Raises:
        RuntimeError: nothing came.
    """
    page.keyboard.press("Enter")
    for _ in range(_PATIENCE_MS // _POLL_MS):
        page.wait_for_timeout(_POLL_MS)
        # In the midst of a navigation there is no page to ask.
        with suppress(Error):
            took = page.evaluate(_TAKE)
            if took is not None:
                return float(took)
    raise RuntimeError(f"nothing came after {page.url}")


def _sum_up(times: list[float], aim: int | None) -> Wait:
    return Wait(
        median_ms=round(median(times), 1),
        p95_ms=round(quantiles(times, n=20, method="inclusive")[-1], 1),
        aim_ms=aim,
        n=len(times),
    )


def _weigh(page: Page) -> tuple[Visit, Visit]:
    """Return the first visit to the page, by a browser that has nothing of it yet, and the next."""
    browser, kept = page.context.browser, page.context.storage_state()
    assert browser
    fresh = browser.new_context(storage_state=kept, service_workers="block").new_page()
    return _visit(fresh, page.url, AIM_BYTES), _visit(fresh, page.url, None)


def _visit(page: Page, address: str, aim: int | None) -> Visit:
    sent: dict[str, int] = {}
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on(
        "Network.loadingFinished",
        lambda event: sent.update({event["requestId"]: int(event["encodedDataLength"])}),
    )
    page.goto(address, wait_until="networkidle")
    # What the browser had kept came without a byte.
    fetched = [request for request, length in sent.items() if length]
    bodies = [network.send("Network.getResponseBody", {"requestId": each}) for each in fetched]
    network.detach()
    return Visit(
        requests=len(fetched),
        sent_bytes=sum(sent.values()),
        gzip_bytes=sum(len(gzip.compress(_read(body))) for body in bodies),
        aim_bytes=aim,
    )


def _read(body: Mapping[str, object]) -> bytes:
    text = str(body["body"])
    return b64decode(text) if body["base64Encoded"] else text.encode()
