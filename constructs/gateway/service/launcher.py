"""Starts LiteLLM in its container: writes the files that the revision carries, and answers the probes.

LiteLLM's own readiness says 200 while its database client is dead, and then every virtual key is refused until somebody restarts it
(BerriAI/litellm#38121, #26886). So a probe here also asks for something that LiteLLM can answer only with its database. Where the
database itself does not answer, a restart cures nothing, and the probe passes.

Only Python's own library: this file travels as text, inside the revision.
"""

import concurrent.futures
import http.client
import http.server
import itertools
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
import urllib.parse

PORT = int(os.environ.get("PORT", "4000"))
PROBE_PORT = int(os.environ.get("GATEWAY_PROBE_PORT", "0"))
WORKERS = int(os.environ.get("NUM_WORKERS", "1"))
# At most two questions, one after the other, within the 9 s that /ready has, and three within the 15 s of /alive.
SECONDS = 4


def write_files():
    """GATEWAY_FILE_0, _1, …: a path in the first line, then text. One variable holds at most 32 KiB: more parts of one path follow each other."""
    written = set()
    for number in itertools.count():
        part = os.environ.pop(f"GATEWAY_FILE_{number}", None)
        if part is None:
            return
        path, _, text = part.partition("\n")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "a" if path in written else "w", encoding="utf-8") as file:
            file.write(text)
        written.add(path)


def ask(path, headers=None):
    """Status of one request to LiteLLM, on a connection of its own: so the workers take turns. 0: none came."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=SECONDS)
    try:
        connection.request("GET", path, headers=headers or {})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def database_is_there():
    """Whether PostgreSQL answers: it says S or N to the question for TLS, also through a proxy that itself is always there."""
    url = urllib.parse.urlsplit(os.environ.get("DATABASE_URL", ""))
    try:
        with socket.create_connection((url.hostname or "", url.port or 5432), timeout=SECONDS) as connection:
            connection.sendall(struct.pack("!ii", 8, 80877103))
            return connection.recv(1) in (b"S", b"N")
    except OSError:
        return False


def list_of_keys():
    """Worst status of a request that needs the database. Each worker has a client of its own, so each is likely to be asked."""
    if "DATABASE_URL" not in os.environ:
        return 200
    headers = {"Authorization": f"Bearer {os.environ.get('LITELLM_MASTER_KEY', '')}"}
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        statuses = list(pool.map(lambda _: ask("/key/list?page=1&size=1", headers), range(WORKERS)))
    return next((status for status in statuses if status != 200), 200)


def not_ready():
    """Why it should not get its first request; None: it may."""
    status = ask("/health/readiness")
    if status != 200:
        return f"/health/readiness answers {status}"
    status = list_of_keys()
    return None if status == 200 else f"/key/list, which needs the database, answers {status}"


def not_alive():
    """Why it should be restarted; None: it goes on."""
    status = ask("/health/liveliness")
    if status != 200:
        return f"/health/liveliness answers {status}"
    status = list_of_keys()
    return f"the database is there, but /key/list answers {status}" if status != 200 and database_is_there() else None


class Probe(http.server.BaseHTTPRequestHandler):
    QUESTIONS = {"/ready": not_ready, "/alive": not_alive}

    def do_GET(self):
        question = self.QUESTIONS.get(self.path)
        why = question() if question else "no such probe"
        if question and why:
            print(f"probe {self.path}: {why}", file=sys.stderr, flush=True)
        body = (why or "ok").encode()
        self.send_response(200 if why is None else 503 if question else 404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Probes come every few seconds: nothing to say of those that pass."""


def main():
    write_files()
    command = ["litellm", *sys.argv[1:]]
    if PROBE_PORT == 0:
        os.execvp(command[0], command)
    gateway = subprocess.Popen(command)
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda number, _: gateway.send_signal(number))
    server = http.server.ThreadingHTTPServer(("", PROBE_PORT), Probe)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    status = gateway.wait()
    sys.exit(status if status >= 0 else 128 - status)


main()
