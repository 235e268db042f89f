"""HTTP servers on this machine, for what calls strangers' addresses."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from core.outbound import Outbound


@contextmanager
def serving(respond):
    """Keeps (path, headers, body) of every POST in `got` that came whole, and lets `respond`
    answer: who is killed while sending has said nothing."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["Content-Length"])
            body = self.rfile.read(length)
            if len(body) < length:
                return
            self.server.got.append((self.path, dict(self.headers), body))
            respond(self)

        def do_GET(self):
            respond(self)

        def log_message(self, *_):
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.got, server.daemon_threads, server.block_on_close = [], True, False
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def near(server, **more):
    """A way out that reaches this server, and the server's address."""
    port = server.server_address[1]
    return Outbound(near_ports={port}, **more), f"http://localhost:{port}/hook?a=1"


def plain(handler, status=200, body=b"ok", **headers):
    """A whole answer."""
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)
