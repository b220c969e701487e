"""The grade that MDN's HTTP Observatory gives the site behind the nginx of docs/deploy, over TLS. Prints one table.

make observatory

Needs nginx, and Node 20 with npm (on Debian: apt-get install nginx-light nodejs
npm). No root, no name in /etc/hosts, no internet once npm has its files: here.mjs
leads the ports 80 and 443 of any name to this nginx. Exit code 1 below A+.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
SCAN = FOLDER / "node_modules" / "@mdn" / "mdn-http-observatory" / "src" / "scan.js"
GRADE = "A+"


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        found = scanned(Path(name))
    print("| Observatory | result | points |\n|---|---|---|")
    for test, came in found["tests"].items():
        print(f"| {test} | {'' if came['pass'] else 'failed: '}{came['result']} | {came['scoreModifier']:+} |")
    scan = found["scan"]
    print(f"| grade | {scan['grade']} | {scan['score']} |")
    return 0 if scan["grade"] == GRADE else 1


def scanned(folder: Path) -> dict[str, Any]:
    """What the Observatory says of one copy behind nginx."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from tests.deploy.conftest import HOST, Nginx
    from tests.serving import Server

    site, front = folder / "site", folder / "nginx"
    site.mkdir()
    front.mkdir()
    server = Server(site, SITE_URL=f"https://{HOST}", TRUST_PROXY="1", DATABASE_URL="")
    server.prepare()
    server.start()
    try:
        nginx = Nginx(front, site / "static", [server.port])
        nginx.start()
        try:
            return asked(HOST, {80: nginx.plain, 443: nginx.port}, front / "fullchain.pem")
        finally:
            nginx.end()
    finally:
        server.end()


def asked(host: str, ports: dict[int, int], certificate: Path) -> dict[str, Any]:
    here = {"HERE": json.dumps(ports), "NODE_EXTRA_CA_CERTS": str(certificate)}
    command = ["node", "--import", (FOLDER / "here.mjs").as_uri(), str(SCAN), host]
    done = subprocess.run(command, env=os.environ | here, capture_output=True, text=True, check=False)
    found: dict[str, Any] = json.loads(done.stdout or "{}")
    if "scan" not in found:
        sys.exit(f"the Observatory gave no grade:\n{done.stdout}{done.stderr}")
    return found


if __name__ == "__main__":
    sys.exit(main())
