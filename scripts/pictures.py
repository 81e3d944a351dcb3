"""Take the pictures of the README anew: `scripts/pictures.py http://127.0.0.1:8000/`.

Needs a running demo; writes docs/pictures.
"""

import shutil
import sys
from base64 import b64encode
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

FOLDER = Path("docs/pictures")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-sync"]
PAGE = """<!doctype html><style>
body{margin:0;padding:40px;background:#d9d5cc;display:flex;gap:36px;align-items:flex-start}
img{display:block;border-radius:14px;box-shadow:0 2px 24px #22303a33}
</style><img src="data:image/png;base64,%s" width="351"><img src="data:image/png;base64,%s" width="1152">"""


def page_of(browser: Browser, address: str, *, who: str, path: str, width: int, height: int) -> bytes:  # fmt: skip
    """Return a picture of what somebody sees."""
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto(f"{address}demo/enter/")
    page.locator(f"form:has(input[value='{who}']) button").click()
    page.goto(address + path)
    picture = page.screenshot()
    context.close()
    return picture


def main(address: str) -> None:
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS
        )
        phone = page_of(
            browser, address, who="person@demo.example", path="today/", width=390, height=844
        )  # fmt: skip
        desk = page_of(
            browser, address, who="therapist@demo.example", path="caseload/", width=1280, height=844
        )  # fmt: skip
        page = browser.new_page(viewport={"width": 1620, "height": 840})
        page.set_content(PAGE % (b64encode(phone).decode(), b64encode(desk).decode()))
        FOLDER.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=FOLDER / "overview.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
