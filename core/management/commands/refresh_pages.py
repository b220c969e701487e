"""manage.py refresh_pages: make the proxy store every public page anew."""

import http.client
import socket
import ssl
from argparse import ArgumentParser
from itertools import product
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.http.look import Look, Theme
from core.sitemaps import public_paths

#: The Accept-Encoding headers for which the proxy stores a page.
ENCODINGS = ("br, gzip", "gzip", "identity")
LOOKS = [Look(large, theme) for large, theme in product((False, True), Theme)]


class Command(BaseCommand):
    help = (
        "Asks the proxy on this machine for every public page in every look and encoding, so that it stores the "
        "pages of this release, and can show them while no copy of the site answers."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--address", default="127.0.0.1", help="where the proxy listens (default: %(default)s)")
        parser.add_argument("--port", type=int, help="its port (default: that of SITE_URL)")

    def handle(self, *args: Any, address: str, port: int | None, **options: Any) -> None:
        site = urlsplit(settings.SITE_URL)
        if site.scheme != "https" or not site.hostname:
            raise CommandError("SITE_URL is not https: there is no proxy that stores pages.")
        connection = ToProxy(address, port or site.port or 443, site.hostname)
        paths = public_paths()
        for path, look, encoding in product(paths, LOOKS, ENCODINGS):
            headers = {"Accept-Encoding": encoding, "X-Refresh-Pages": "1"}
            if str(look):
                headers["Cookie"] = f"{settings.COOKIE_PREFIX}look={look}"
            try:
                connection.request("GET", path, headers=headers)
                response = connection.getresponse()
                response.read()
            except (OSError, http.client.HTTPException) as error:
                raise CommandError(f"{path} was not answered: {error}") from error
            if response.status != 200:
                raise CommandError(f"{path} answered {response.status}.")
        connection.close()
        self.stdout.write(f"{len(paths)} pages are stored in {len(LOOKS)} looks.")


class ToProxy(http.client.HTTPSConnection):
    """A connection to the proxy at an address, under the name of SITE_URL, which may lead to a CDN."""

    def __init__(self, address: str, port: int, name: str) -> None:
        super().__init__(name, port, timeout=20)
        self.address = address

    def connect(self) -> None:
        connected = socket.create_connection((self.address, self.port), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(connected, server_hostname=self.host)
