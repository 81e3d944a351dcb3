"""Our commands as processes of their own, in a folder of their own."""

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def surroundings(**more: str) -> dict[str, str]:
    kept = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("OPENIPT", "DJANGO", "DATABASE"))
    }
    return {**kept, "PYTHONPATH": str(ROOT / "src"), **more}


def run(*words: str, cwd=None, **more: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "openipt", *words],
        capture_output=True,
        check=False,
        text=True,
        cwd=cwd,
        env=surroundings(**more),
        timeout=120,
    )


def start(*words: str, cwd, **more: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "openipt", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=cwd,
        env=surroundings(**more),
        start_new_session=True,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def children_of(pid: int) -> set[int]:
    """Every process of the session that `pid` leads (see `start`)."""
    found = subprocess.run(
        ["ps", "-o", "pid=", "-s", str(pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    return {int(word) for word in found.stdout.split()}


def wait_until(true, seconds=30.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


def end(process: subprocess.Popen, number=signal.SIGTERM) -> int:
    process.send_signal(number)
    try:
        return process.wait(timeout=30)
    finally:
        process.stdout.close()
        process.stderr.close()


class Visitor:
    """A browser without JavaScript: cookies, forms, redirects."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar)
        )

    def get(self, path: str):
        return self._open(urllib.request.Request(self.address + path))

    def post(self, path: str, **fields: str):
        page = self.get(path)[2]
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token}).encode()
        request = urllib.request.Request(self.address + path, data=body)
        request.add_header("Referer", self.address + path)
        return self._open(request)

    def sign_in(self, email: str, password: str):
        return self.post("/accounts/login/", login=email, password=password)

    def _open(self, request):
        try:
            answer = self.opener.open(request, timeout=20)
        except urllib.error.HTTPError as error:
            answer = error
        return answer.status, answer.url, answer.read().decode()
