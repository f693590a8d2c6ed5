"""A chat on loopback that an installation tells."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

from tests.world import World


class Hook(BaseHTTPRequestHandler):
    """A chat that takes every card and keeps it."""

    heard: ClassVar[list[bytes]]

    def do_POST(self) -> None:
        self.heard.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its own name
        pass


@contextmanager
def chat(world: World) -> Iterator[list[bytes]]:
    """A target of this world's; what it hears."""
    heard: list[bytes] = []
    own = type("Own", (Hook,), {"heard": heard})
    with HTTPServer(("127.0.0.1", 0), own) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        url = world.secret("hook", f"http://127.0.0.1:{server.server_port}/")
        world.configure(f'[notify.targets.ops]\nkind = "slack"\nurl = {{ file = "{url}" }}')
        try:
            yield heard
        finally:
            server.shutdown()
            thread.join()
