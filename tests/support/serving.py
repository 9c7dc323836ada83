"""The real server in processes of its own, and a learner who talks to it over the network."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

# Long enough for a loaded machine; a healthy server needs a second or two.
PATIENCE = 30.0
SECRET = "a secret of the tests, long enough to be taken"


def find_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """`quizapp` serving on a port, in a process group of its own, to be killed and restarted."""

    def __init__(
        self,
        arguments: Sequence[str],
        port: int,
        environment: Mapping[str, str],
        module: str = "quizapp",
    ) -> None:
        self._command = [sys.executable, "-m", module, *arguments]
        self._environment = {**os.environ, **environment}
        self._process: subprocess.Popen[str] | None = None
        self.port = port
        self.output = ""

    def start(self) -> None:
        """Start and wait until it answers."""
        self._process = subprocess.Popen(
            self._command,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        end = time.monotonic() + PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                self.kill()
                raise AssertionError(f"the server did not start: {self.output}")
            time.sleep(0.05)

    def list_workers(self) -> list[int]:
        """Return the ids of the processes that answer requests, the oldest first."""
        found = self._list_children().items()
        return sorted(number for number, line in found if not _does_jobs(line))

    def list_job_workers(self) -> list[int]:
        """Return the ids of the processes that do jobs."""
        found = self._list_children().items()
        return sorted(number for number, line in found if _does_jobs(line))

    def _list_children(self) -> dict[int, str]:
        """Return the command line of each process that the server started, by its id."""
        assert self._process
        listed = subprocess.run(
            ["ps", "-axwwo", "pid=,ppid=,stat=,command="],
            check=True,
            capture_output=True,
            text=True,
        )
        rows = [line.split(maxsplit=3) for line in listed.stdout.splitlines()]
        parent = str(self._process.pid)
        alive = [row for row in rows if row[1] == parent and not row[2].startswith("Z")]
        return {int(row[0]): row[3] for row in alive if "tracker" not in row[3]}

    def kill_worker(self, worker: int) -> None:
        """Kill one of the workers in the midst of whatever it does."""
        os.kill(worker, signal.SIGKILL)

    def kill_parent(self) -> None:
        """Kill the process that keeps all others."""
        assert self._process
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait(PATIENCE)

    def kill(self) -> None:
        """Kill the server with all its workers."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self.output += self._process.communicate(timeout=PATIENCE)[0]
            self._process = None

    def stop(self) -> int:
        """Ask the server to end, and return its exit code; one that does not is killed."""
        assert self._process
        self._process.terminate()
        try:
            return self._process.wait(PATIENCE)
        finally:
            self.kill()

    def _answers(self) -> bool:
        try:
            return Browser(self.port).send("GET", "/readyz").status == 200
        except OSError:
            return False


def _does_jobs(line: str) -> bool:
    return "--with-input" in line


@contextmanager
def serving(address: str, *, workers: int = 2, module: str = "quizapp") -> Iterator[Server]:
    """Serve a migrated database, by the program or by a module that stands for it."""
    port = find_port()
    environment = {
        "QUIZAPP_DATABASE_URL": address,
        "QUIZAPP_SECRET_KEY": SECRET,
        "QUIZAPP_HTTPS": "0",
    }
    arguments = ["serve", "--workers", str(workers), "--port", str(port)]
    server = Server(arguments, port, environment, module)
    server.start()
    try:
        yield server
    finally:
        server.kill()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the server sent."""

    status: int
    location: str
    text: str

    @property
    def fields(self) -> dict[str, str]:
        """The hidden fields of the page; of equal names the first."""
        return self._read().fields

    @property
    def links(self) -> list[str]:
        """Where the links of the page lead."""
        return self._read().links

    def _read(self) -> "_Reader":
        reader = _Reader()
        reader.feed(self.text)
        return reader


class Browser:
    """Keeps cookies and sends one request a connection, so that none outlives a killed worker."""

    def __init__(self, port: int, cookies: Mapping[str, str] | None = None) -> None:
        self.port = port
        self.cookies: dict[str, str] = dict(cookies or {})

    def send(self, method: str, path: str, fields: Mapping[str, str] | None = None) -> Reply:
        """Send a request.

        Raises:
            OSError: the server did not answer, or not to the end.
        """
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, urlencode(fields) if fields else None, headers)
            response = connection.getresponse()
            text = response.read().decode("utf-8")
        except HTTPException as error:
            raise ConnectionError(str(error)) from error
        finally:
            connection.close()
        for header in response.headers.get_all("Set-Cookie", []):
            self.cookies.update((key, each.value) for key, each in SimpleCookie(header).items())
        location = urlsplit(response.headers.get("Location", "")).path
        return Reply(status=response.status, location=location, text=text)

    def insist(self, method: str, path: str, fields: Mapping[str, str] | None = None) -> Reply:
        """Send a request again and again until the server answers it and is not busy."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                reply = self.send(method, path, fields)
            except OSError:
                if time.monotonic() > end:
                    raise
            else:
                if reply.status not in {502, 503} or time.monotonic() > end:
                    return reply
            time.sleep(0.05)

    def sign_in(self, email: str, password: str) -> Reply:
        """Sign in by the form."""
        fields = self.send("GET", "/sign-in").fields
        return self.send("POST", "/sign-in", {**fields, "email": email, "password": password})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "input" and values.get("type") == "hidden":
            self.fields.setdefault(values.get("name") or "", values.get("value") or "")
        if tag == "a":
            self.links.append(values.get("href") or "")
