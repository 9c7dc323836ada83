"""A small server of chat completions, which answers as badly as it is told to."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

Headers = dict[str, str]


@dataclass(frozen=True)
class Reply:
    """What is sent back: `drip` seconds pass after each byte, of the head too if `head_drips`.

    `length` is told of the body; -1 is the true one, None tells none.
    """

    body: bytes = b""
    status: int = 200
    sort: str = "application/json"
    headers: Headers = field(default_factory=dict)
    drip: float = 0
    head_drips: bool = False
    length: int | None = -1


@dataclass(frozen=True)
class Request:
    """What was asked."""

    path: str
    headers: Headers
    body: bytes

    @property
    def passage(self) -> str:
        """The text that was put to the model."""
        user = json.loads(self.body)["messages"][-1]["content"]
        return str(json.loads(user)["passage"])


Answer = Callable[[Request], Reply] | Sequence[Reply]


def complete(content: str | None, **message: object) -> Reply:
    """Answer as a server does whose model said this."""
    choice = {"message": {"role": "assistant", "content": content, **message}, "index": 0}
    return Reply(body=json.dumps({"id": "1", "choices": [choice]}).encode())


def say_facts(*facts: dict[str, object]) -> Reply:
    """Answer with these facts."""
    return complete(json.dumps({"facts": list(facts)}))


@dataclass
class ModelServer:
    """The server while it runs: its address, and what it was asked."""

    url: str
    requests: list[Request]


class _Server(ThreadingHTTPServer):
    def __init__(self, answer: Answer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.requests: list[Request] = []
        self.over = Event()

    def reply_to(self, request: Request) -> Reply:
        self.requests.append(request)
        if callable(self.answer):
            return self.answer(request)
        return self.answer[min(len(self.requests), len(self.answer)) - 1]


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, _Server)
        length = int(self.headers.get("Content-Length", 0))
        request = Request(self.path, dict(self.headers.items()), self.rfile.read(length))
        self._send(self.server.reply_to(request), self.server.over)

    def do_GET(self) -> None:
        self.do_POST()

    def _send(self, reply: Reply, over: Event) -> None:
        if reply.head_drips:
            head = Reply(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 500, drip=reply.drip)
            with suppress(OSError):
                self._send_body(head, over)
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.sort)
        if reply.length is not None:
            length = len(reply.body) if reply.length < 0 else reply.length
            self.send_header("Content-Length", str(length))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):  # the client may have had enough
            self._send_body(reply, over)

    def _send_body(self, reply: Reply, over: Event) -> None:
        if not reply.drip:
            self.wfile.write(reply.body)
            return
        for byte in reply.body:
            self.wfile.write(bytes([byte]))
            if over.wait(reply.drip):
                return

    def log_message(self, *_: object) -> None: ...


@contextmanager
def serving_model(answer: Answer) -> Iterator[ModelServer]:
    """Serve the replies one after the other, the last one again and again; or what is reckoned."""
    server = _Server(answer)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield ModelServer(f"http://127.0.0.1:{server.server_port}/v1", server.requests)
    finally:
        server.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
