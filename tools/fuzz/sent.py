"""A request as a server hands it over, in parts that can be damaged one by one."""

import io
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_from_bytes

Pairs = tuple[tuple[str, bytes], ...]

BOUNDARY = "----fuzz7a9c"
#: How a form's fields are written: what a browser sends, and what it never would.
ENCODINGS = ("urlencoded", "multipart", "cut multipart", "no boundary", "file", "json", "text", "utf-16", "no type")


@dataclass(frozen=True)
class Sent:
    """One request. Paths and values are bytes, as they are after a server took `%xx` apart."""

    method: str = "GET"
    path: bytes = b"/"
    query: Pairs = ()
    form: Pairs | None = None
    cookies: Pairs = ()
    headers: Pairs = ()
    encoding: str = "urlencoded"
    #: What the request says of its length, where that is not the truth.
    length: str | None = None

    def header(self, name: str) -> bytes:
        return next((value for each, value in self.headers if each.lower() == name.lower()), b"")

    def body(self) -> tuple[str, bytes]:
        """Content type and bytes of the form."""
        if self.form is None:
            return "", b""
        if self.encoding in ("multipart", "cut multipart", "no boundary", "file"):
            return self._multipart(self.form)
        types = {
            "urlencoded": "application/x-www-form-urlencoded",
            "json": "application/json",
            "text": "text/plain",
            "utf-16": "application/x-www-form-urlencoded; charset=utf-16",
            "no type": "",
        }
        return types[self.encoding], "&".join(f"{name}={quote_from_bytes(value)}" for name, value in self.form).encode()

    def _multipart(self, form: Pairs) -> tuple[str, bytes]:
        file = '; filename="a.txt"' if self.encoding == "file" else ""
        parts = [
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode() + value + b"\r\n"
            for name, value in form
        ]
        whole = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
        kind = "multipart/form-data" + ("" if self.encoding == "no boundary" else f"; boundary={BOUNDARY}")
        return kind, whole[: len(whole) * 2 // 3] if self.encoding == "cut multipart" else whole

    def environ(self) -> dict[str, Any]:
        """The WSGI environment that a server makes of it. Servers refuse line breaks and NUL in headers: none here."""
        kind, body = self.body()
        environ: dict[str, Any] = {
            "REQUEST_METHOD": self.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": self.path.decode("latin-1"),
            "QUERY_STRING": "&".join(f"{name}={quote_from_bytes(value)}" for name, value in self.query),
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            "HTTP_HOST": "127.0.0.1:8000",
        }
        if self.form is not None or self.length is not None:
            environ["CONTENT_LENGTH"] = str(len(body)) if self.length is None else self.length
            environ["CONTENT_TYPE"] = kind
        if self.cookies:
            environ["HTTP_COOKIE"] = "; ".join(f"{name}={in_a_header(value)}" for name, value in self.cookies)
        for name, value in self.headers:
            key = name.upper().replace("-", "_")
            environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = in_a_header(value)
        return environ

    def __str__(self) -> str:
        """For who repeats it by hand: everything, long values cut."""

        def short(pairs: Pairs | None) -> str:
            return ", ".join(f"{name}={_cut(value)}" for name, value in pairs or ())

        lines = [f"{self.method} {_cut(self.path)}", f"  query: {short(self.query)}"]
        if self.form is not None:
            length = "true" if self.length is None else _cut(self.length.encode())
            lines.append(f"  form ({self.encoding}, length {length}): {short(self.form)}")
        return "\n".join([*lines, f"  cookies: {short(self.cookies)}", f"  headers: {short(self.headers)}"])


def in_a_header(value: bytes) -> str:
    return bytes(byte for byte in value if byte == 9 or 32 <= byte != 127).decode("latin-1")


def _cut(value: bytes) -> str:
    return repr(value)[1:] if len(value) <= 200 else f"{value[:80]!r}… ({len(value)} bytes)"
