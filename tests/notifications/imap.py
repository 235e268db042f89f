"""A mailbox by IMAP on loopback: as much of RFC 3501 as the reader of returns speaks."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class MailboxServer(socketserver.ThreadingTCPServer):
    """`held` by number; `seen` and `deleted` are numbers. `refuses`: one command fails."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.held: dict[int, bytes] = {}
        self.seen: set[int] = set()
        self.deleted: set[int] = set()
        self.asked: list[str] = []
        self.refuses = ""

    @property
    def url(self) -> str:
        return f"imap://back:s3cret%2F%40@127.0.0.1:{self.server_address[1]}/INBOX"


class _Session(socketserver.StreamRequestHandler):
    server: MailboxServer

    def handle(self) -> None:
        self._say("* OK ready")
        while line := self.rfile.readline().decode().strip():
            tag, _, command = line.partition(" ")
            self.server.asked.append(command)
            good = self._do(command)
            self._say(f"{tag} {'OK' if good else 'NO'} done")

    def _say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def _do(self, command: str) -> bool:
        box, verb = self.server, command.partition(" ")[0]
        if box.refuses and box.refuses in command:
            return False
        number = int(found.group(1)) if (found := re.search(r"UID \w+ (\d+)", command)) else 0
        if verb == "CAPABILITY":
            self._say("* CAPABILITY IMAP4rev1")
        elif verb == "LOGIN":
            return command == 'LOGIN back "s3cret/@"'
        elif command == "UID SEARCH UNSEEN":
            fresh = [str(n) for n in box.held if n not in box.seen]
            self._say(" ".join(["* SEARCH", *fresh]))
        elif "RFC822.SIZE" in command:
            self._say(f"* 1 FETCH (UID {number} RFC822.SIZE {len(box.held[number])})")
        elif "BODY.PEEK[]" in command:
            octets = box.held[number]
            self._say(f"* 1 FETCH (UID {number} BODY[] {{{len(octets)}}}")
            self.wfile.write(octets + b")\r\n")
        elif "+FLAGS" in command:
            box.seen.add(number)
            if "Deleted" in command:
                box.deleted.add(number)
        elif verb == "EXPUNGE":
            for gone in box.deleted:
                box.held.pop(gone, None)
        else:
            return command == 'SELECT "INBOX"'
        return True


@contextmanager
def serving_mailbox() -> Iterator[MailboxServer]:
    server = MailboxServer()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
