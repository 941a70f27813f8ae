"""A client of yaml-language-server: an editor with one file and one cursor."""

import json
import queue
import subprocess
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

CURSOR = "▮"
"""Marks the place of the cursor in a text."""

Answer = dict[str, Any]  # `Any`: decoded JSON, whose structure the tests check
_PATIENCE = 60.0


class Editor:
    """A server process with open files in a folder. Use it as a context manager."""

    def __init__(self, server: Sequence[str], folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [*server, "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.inbox: queue.Queue[Answer] = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        self.number = 0

    def __enter__(self) -> "Editor":
        markdown = ["markdown", "plaintext"]
        completion = {"snippetSupport": True, "documentationFormat": markdown}
        self.ask(
            "initialize",
            processId=None,
            rootUri=self.folder.as_uri(),
            capabilities={
                "textDocument": {
                    "completion": {"completionItem": completion},
                    "hover": {"contentFormat": markdown},
                    "publishDiagnostics": {},
                },
                "workspace": {"configuration": True},
            },
        )
        self.tell("initialized")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.kill()
        self.process.wait()
        self.reader.join()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()

    def open(self, text: str) -> tuple[str, list[Answer]]:
        """Open a new file with this text. Returns its URI and its diagnostics."""
        self.number += 1
        uri = (self.folder / f"{self.number}.yaml").as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)
        while True:
            message = self._next()
            if message.get("method") == "textDocument/publishDiagnostics":
                params = message["params"]
                if params["uri"] == uri:
                    return uri, params["diagnostics"]

    def diagnostics(self, text: str) -> list[Answer]:
        return self.open(text)[1]

    def completions(self, text: str) -> dict[str, Answer]:
        """Return the completions at the cursor, by label."""
        found = self._at_cursor("textDocument/completion", text)
        return {item["label"]: item for item in found["items"]}

    def hover(self, text: str) -> str:
        """Return the hover text at the cursor."""
        found = self._at_cursor("textDocument/hover", text)
        return str(found["contents"]["value"]) if found else ""

    def _at_cursor(self, method: str, text: str) -> Answer:
        before, _, after = text.partition(CURSOR)
        uri, _ = self.open(before + after)
        line = before.count("\n")
        place = {"line": line, "character": len(before) - (before.rfind("\n") + 1)}
        return self.ask(method, textDocument={"uri": uri}, position=place)

    # Messages

    def ask(self, method: str, **params: object) -> Answer:
        self.number += 1
        number = self.number
        self._send(id=number, method=method, params=params)
        while True:
            message = self._next()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message["error"]
                result: Answer = message["result"]
                return result

    def tell(self, method: str, **params: object) -> None:
        self._send(method=method, params=params)

    def _next(self) -> Answer:
        """Return the next message. Requests of the server are answered meanwhile."""
        message = self.inbox.get(timeout=_PATIENCE)
        if "id" in message and "method" in message:
            items = message.get("params", {}).get("items", [])
            self._send(id=message["id"], result=[self._settings(item) for item in items] or None)
        return message

    @staticmethod
    def _settings(item: Answer) -> object:
        if item.get("section") != "yaml":
            return None
        return {
            "schemaStore": {"enable": False},
            "kubernetesCRDStore": {"enable": False},
            "validate": True,
            "hover": True,
            "completion": True,
        }

    def _send(self, **message: object) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _read(self) -> None:
        for message in self._messages():
            self.inbox.put(message)

    def _messages(self) -> Iterator[Answer]:
        out = self.process.stdout
        assert out
        length = 0
        while line := out.readline():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
            elif not line.strip():
                yield json.loads(out.read(length))
