"""A server on 127.0.0.1 that behaves, or misbehaves as it is told.

In: `Page`s by path. Out: answers with ETag, ranges and 304 as HTTP has them, and every fault that a page
names: a cut connection, silence, dripping bytes, lies about lengths and ranges, refusals, redirects.
What was asked stands in `Server.requests`. Trap: no test may wait for a thread, so silence ends when
the server closes.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """One path; the lists are used up from the front, one entry a request."""

    data: bytes = b""
    etag: str = '"one"'
    last_modified: str = ""
    takes_ranges: bool = True
    declares: int | None = -1  # Content-Length: -1 the true one, None none at all
    headers: dict[str, str] = field(default_factory=dict)
    first: list[tuple[int, dict[str, str]]] = field(default_factory=list)  # answers before the data
    cut_after: list[int] = field(default_factory=list)  # bytes of the body until the line is cut
    stall_after: list[int] = field(default_factory=list)  # bytes until silence
    drip_seconds: float = 0.0  # between two bytes
    range_shift: int = 0  # a 206 that begins elsewhere than asked
    always_304: bool = False


@dataclass
class Asked:
    """One request."""

    path: str
    headers: dict[str, str]


class Server(ThreadingHTTPServer):
    """Serves `pages`; keeps what was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        """On a free port of 127.0.0.1."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pages: dict[str, Page] = {}
        self.requests: list[Asked] = []
        self.is_over = threading.Event()

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def handle_error(self, request, client_address) -> None:
        """A client that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, format, *args) -> None:
        """Nothing: `Server.requests` is the log."""

    def do_GET(self) -> None:
        self.close_connection = True
        asked = {name.lower(): value for name, value in self.headers.items()}
        self.server.requests.append(Asked(self.path, asked))
        page = self.server.pages.get(self.path)
        if page is None:
            self._head(404, {"Content-Length": "0"})
        elif page.first:
            status, headers = page.first.pop(0)
            self._head(status, {"Content-Length": "0", **headers})
        elif page.always_304 or (page.etag and asked.get("if-none-match") == page.etag):
            self._head(304, {"ETag": page.etag})
        elif page.last_modified and asked.get("if-modified-since") == page.last_modified:
            self._head(304, {"Last-Modified": page.last_modified})
        else:
            self._send(page, asked)

    def _send(self, page: Page, asked: dict[str, str]) -> None:
        size, start, status = len(page.data), 0, 200
        headers = {"ETag": page.etag, "Last-Modified": page.last_modified, **page.headers}
        is_same = asked.get("if-range") in (None, page.etag, page.last_modified)
        if page.takes_ranges and "range" in asked and is_same:
            start = int(asked["range"].removeprefix("bytes=").removesuffix("-"))
            if start >= size:
                self._head(416, {"Content-Range": f"bytes */{size}", "Content-Length": "0"})
                return
            start, status = start + page.range_shift, 206
            headers["Content-Range"] = f"bytes {start}-{size - 1}/{size}"
        body = page.data[start:]
        if page.declares is not None:
            headers["Content-Length"] = str(len(body) if page.declares < 0 else page.declares)
        self._head(status, {name: value for name, value in headers.items() if value})
        self._body(page, body)

    def _body(self, page: Page, body: bytes) -> None:
        cut = page.cut_after.pop(0) if page.cut_after else len(body)
        stall = page.stall_after.pop(0) if page.stall_after else None
        body = body[: cut if stall is None else stall]
        step = 1 if page.drip_seconds else 65536
        for at in range(0, len(body), step):
            self.wfile.write(body[at : at + step])
            if page.drip_seconds and self.server.is_over.wait(page.drip_seconds):
                return
        if stall is not None:
            self.server.is_over.wait(5)

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()


@contextmanager
def serving() -> Iterator[Server]:
    """A running server."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.is_over.set()
        server.shutdown()
        server.server_close()
