"""Chromium for tests of the pages: without network, and with every request, fault and violation written down."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

WATCH = """
window.violations = []; window.hits = [];
document.addEventListener('securitypolicyviolation', (e) => window.violations.push(e.violatedDirective + ' ' + e.blockedURI));
"""


@dataclass
class Opened:
    """A page, and what it did."""

    page: Page
    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def violations(self) -> list[str]:
        """What the page's own policy had to stop."""
        found: list[str] = self.page.evaluate("window.violations")
        return found

    def state(self, key: str) -> Any:
        """A field of the page's state, from the link that it would give."""
        return self.page.evaluate("(key) => window.isthmus.store.state[key]", key)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or the one that ISTHMUS_CHROMIUM names."""
    path = os.environ.get("ISTHMUS_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        pytest.skip("no Chromium: `apt-get install chromium`, or name one in ISTHMUS_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Callable[..., Opened]]:
    """Opens a file as its reader would, waits until it is drawn, and gives what it did meanwhile."""
    contexts = []

    def opened(path: Path, *, width: int = 1280, height: int = 800, theme: Any = "light", fragment: str = "") -> Opened:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, offline=True, accept_downloads=True
        )
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(WATCH)
        seen = Opened(page)
        page.on("request", lambda request: seen.requests.append(request.url))
        page.on("pageerror", lambda error: seen.faults.append(str(error)))
        page.on("console", lambda message: seen.faults.append(message.text) if message.type == "error" else None)
        page.goto(path.as_uri() + fragment)
        page.wait_for_selector("html[data-ready]", timeout=60_000)
        return seen

    yield opened
    for context in contexts:
        context.close()
