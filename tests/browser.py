"""A headless Chromium that reaches nothing but this machine, for tests of pages."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@contextmanager
def chromium(width: int = 1280, height: int = 900) -> Iterator[Any]:
    """A Selenium driver; skips the test where there is no browser or no driver of it."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed (extra `dev`)")
    binary = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    driver = shutil.which("chromedriver")
    if binary is None or driver is None:
        pytest.skip("no Chromium with its driver on this machine: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--enable-unsafe-swiftshader",
        f"--window-size={width},{height}",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    try:
        yield browser
    finally:
        browser.quit()


def until(browser: Any, condition: Callable[[Any], object] | str, seconds: float = 60) -> Any:
    """What the condition (a function of the browser, or a JavaScript expression) gives once it is true."""
    from selenium.webdriver.support.ui import WebDriverWait

    def holds(one: Any) -> Any:
        return one.execute_script(f"return {condition}") if isinstance(condition, str) else condition(one)

    return WebDriverWait(browser, seconds, poll_frequency=0.2).until(holds)


def fetched(browser: Any) -> list[str]:
    """The addresses other than this machine's that were asked for since the last call."""
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    own = ("file:", "data:", "blob:", "about:", "http://127.0.0.1", "http://localhost")
    return [url for url in asked if not url.startswith(own)]


def errors(browser: Any) -> list[str]:
    """The errors in the browser's console since the last call."""
    return [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]


def whole_page(browser: Any, path: Path) -> Path:
    """A screenshot of the page from top to bottom."""
    height = browser.execute_script("return document.documentElement.scrollHeight")
    browser.set_window_size(1280, max(600, height + 150))
    browser.save_screenshot(str(path))
    return path


def colours(path: Path) -> int:
    """How many colours a picture has: one is a blank page."""
    from PIL import Image

    with Image.open(path) as picture:
        found = picture.convert("RGB").getcolors(1 << 24)
    return len(found or ())
