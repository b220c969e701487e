"""A request in parts that can be damaged one by one."""

import io
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_from_bytes
from wsgiref.util import setup_testing_defaults

Pairs = tuple[tuple[str, bytes], ...]

BOUNDARY = "----fuzz7a9c"
#: How a form is encoded: as browsers do it, and as they never would.
ENCODINGS = ("urlencoded", "multipart", "cut multipart", "json", "utf-16")
#: Stands in every request of the fuzzer, and must not be found in logs or in what others see.
CANARY = "canarybird"
BROWSER: Pairs = (
    ("User-Agent", f"Mozilla/5.0 {CANARY}".encode()),
    ("Sec-Fetch-Site", b"same-origin"),
    ("Origin", b"http://127.0.0.1:8000"),
    ("Referer", f"http://127.0.0.1:8000/{CANARY}/".encode()),
)


@dataclass(frozen=True)
class Sent:
    """One request. Path and values are bytes without percent encoding."""

    method: str = "GET"
    path: bytes = b"/"
    query: Pairs = ()
    form: Pairs | None = None
    cookies: Pairs = ()
    headers: Pairs = ()
    encoding: str = "urlencoded"
    #: The Content-Length to claim, if it is not the true one.
    length: str | None = None

    def body(self) -> tuple[str, bytes]:
        """Return the content type and the bytes of the form."""
        if self.form is None:
            return "", b""
        if "multipart" in self.encoding:
            head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="%s"\r\n\r\n'
            parts = [(head % name).encode() + value + b"\r\n" for name, value in self.form]
            whole = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
            end = len(whole) * 2 // 3 if self.encoding == "cut multipart" else len(whole)
            return f"multipart/form-data; boundary={BOUNDARY}", whole[:end]
        kind = {"json": "application/json", "utf-16": "application/x-www-form-urlencoded; charset=utf-16"}
        return kind.get(self.encoding, "application/x-www-form-urlencoded"), query_string(self.form).encode()

    def head(self) -> dict[str, str]:
        """Return the headers. No server passes line breaks or NUL on, so they are left out."""
        kind, body = self.body()
        head = {"Host": b"127.0.0.1:8000"}
        if self.form is not None or self.length is not None:
            head |= {"Content-Type": kind.encode(), "Content-Length": (self.length or str(len(body))).encode("latin-1")}
        if self.cookies:
            head["Cookie"] = b"; ".join(f"{name}=".encode() + value for name, value in self.cookies)
        head |= dict(self.headers)
        return {
            name: bytes(byte for byte in value if byte == 9 or 32 <= byte != 127).decode("latin-1")
            for name, value in head.items()
        }

    def environ(self) -> dict[str, Any]:
        """Return what a WSGI server makes of the request."""
        environ: dict[str, Any] = {"REQUEST_METHOD": self.method, "PATH_INFO": self.path.decode("latin-1")}
        environ |= {"QUERY_STRING": query_string(self.query), "wsgi.input": io.BytesIO(self.body()[1])}
        for name, value in self.head().items():
            key = name.upper().replace("-", "_")
            environ[key if name in ("Content-Type", "Content-Length") else f"HTTP_{key}"] = value
        setup_testing_defaults(environ)  # what a server adds
        return environ

    def raw(self) -> bytes:
        """Return the bytes to write to a socket."""
        target = f"{quote_from_bytes(self.path)}?{query_string(self.query)}"
        lines = [f"{self.method} {target} HTTP/1.1", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in self.head().items()]
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + self.body()[1]

    def __repr__(self) -> str:
        """Show every part, long values cut, so that the request can be repeated by hand."""
        lines = [f"{self.method} {cut(self.path)} {self.encoding} length={self.length}"]
        parts = {"query": self.query, "form": self.form or (), "cookie": self.cookies, "header": self.headers}
        for kind, pairs in parts.items():
            lines += [f"{kind} {name}={cut(value)}" for name, value in pairs[:9] if (name, value) not in BROWSER]
        return "\n  ".join(lines)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))  # for hypothesis


def query_string(pairs: Pairs) -> str:
    return "&".join(f"{name}={quote_from_bytes(value)}" for name, value in pairs)


def cut(value: bytes) -> str:
    return repr(value) if len(value) <= 200 else f"{value[:80]!r}… ({len(value)} bytes)"
