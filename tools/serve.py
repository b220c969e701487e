"""Serve the site on $HOST and $PORT with granian, as `make run` does.

python -m tools.serve free     only see whether the address is free: exit code 2 where it is not
python -m tools.serve          serve, until SIGINT, SIGTERM or the end of the terminal
"""

import contextlib
import http.client
import ipaddress
import os
import signal
import socket
import sys
import threading
import time

#: Four clients that send their forms slowly hold all threads of the server.
NO_PROXY = "For your own network only: without a proxy in front (docs/deploy.md), it must not face the internet."


def main(argv: list[str]) -> None:
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    if not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535):
        fail(f"PORT={port} is not a port: allowed are 1 to 65535.")
    if argv == ["free"]:
        check_free(host, int(port))
    else:
        serve(host, int(port))


def check_free(host: str, port: int) -> None:
    """Asked before we serve, because granian shares a port with another granian and says nothing."""
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        fail(f"Can't listen on {host} port {port} ({why}). PORT=8123 make run takes another port.")


def serve(host: str, port: int) -> None:
    """Two workers; a dead one is replaced; a request that hangs holds the end up for 5 seconds at most."""
    from granian import Granian  # here, so that `free` needs the standard library only
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=2,
        blocking_threads=2,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        websockets=False,
        log_level=LogLevels.warning,
    )

    @server.on_startup
    def started() -> None:
        # For granian SIGHUP means "reload", so a closed terminal would leave it running.
        signal.signal(signal.SIGHUP, server.signal_handler_interrupt)
        # A terminal sends both to the workers too. They leave the answer to us: signalled twice, they may hang.
        ours = {signal.SIGHUP, signal.SIGINT}
        os.register_at_fork(after_in_child=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, ours))
        threading.Thread(target=announce, args=(host, port), daemon=True).start()

    server.serve()


def announce(host: str, port: int) -> None:
    """Say the address once a worker answers, in whatever way: before that, connections are refused."""
    open_to_others = not is_loopback(host) and not os.environ.get("TRUST_PROXY")
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - we ask, we do not bind
    for _ in range(300):
        time.sleep(0.2)
        connection = http.client.HTTPConnection(host, port, timeout=5)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
            connection.request("HEAD", "/healthz")
            connection.getresponse()
            here = f"http://{f'[{host}]' if ':' in host else host}:{port}"
            # Behind a proxy it is found by another name, and answers 400 to this one.
            print(f"Open {os.environ.get('SITE_URL') or here}/ (Ctrl-C ends it).", flush=True)
            if open_to_others:
                print(NO_PROXY, flush=True)
            return


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def fail(line: str) -> None:
    print(line, file=sys.stderr)
    sys.exit(2)


if __name__ == "__main__":
    main(sys.argv[1:])
