"""The explorer's page in headless Chromium: opened, searched, clicked, and what is to be seen."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--disable-dev-shm-usage",
)

WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
window.tasks = [];
new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((entry) => entry.duration)))
  .observe({ type: "longtask", buffered: true });
"""


def missing() -> bool:
    """Whether this machine has no Chromium that can be driven."""
    return CHROMIUM is None or DRIVER is None


@contextmanager
def chromium(profile: Path) -> Iterator[Any]:
    """A selenium driver of headless Chromium with this folder as its profile."""
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(DRIVER)))
    try:
        yield driver
    finally:
        driver.quit()


class Page:
    """One page in Chromium: open, search, click, and what is to be seen."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver
        self.requests: list[str] = []
        driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})

    def open(self, path: Path, wide: int = 1440, high: int = 900) -> float:
        """Seconds from navigation to ready."""
        size = {"width": wide, "height": high, "deviceScaleFactor": 1, "mobile": wide < 500}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.driver.get("about:blank")
        self.logs()
        self.driver.get(path.as_uri())
        self.until("window.__kg?.ready")
        return float(self.js("performance.getEntriesByName('kg-ready')[0].startTime")) / 1000

    def js(self, expression: str, *values: Any) -> Any:
        return self.driver.execute_script(f"return {expression}", *values)

    def until(self, expression: str, seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while not self.js(f"Boolean({expression})"):
            assert time.monotonic() < end, f"{expression}: {self.logs()}"
            time.sleep(0.02)

    def find(self, selector: str) -> Any:
        return self.driver.find_element("css selector", selector)

    def all(self, selector: str) -> list[Any]:
        return list(self.driver.find_elements("css selector", selector))

    def texts(self, selector: str) -> list[str]:
        return list(self.js("[...document.querySelectorAll(arguments[0])].map((e) => e.textContent)", selector))

    def click(self, selector: str) -> None:
        self.find(selector).click()

    def unfold(self, facet: str) -> None:
        """Open a facet beside the picture and wait for its values."""
        if not self.js("document.querySelector(arguments[0]).open", f"[data-name={facet}]"):
            self.click(f"[data-name={facet}] > summary")
        self.until(f"document.querySelector('[data-name={facet}] .option')")

    def keys(self, *keys: str) -> None:
        self.driver.switch_to.active_element.send_keys(*keys)

    def search(self, typed: str) -> list[str]:
        """The names found, in order."""
        box = self.find("#search")
        box.clear()
        box.send_keys(typed)
        return self.texts("#options [id] > .han")

    def logs(self) -> list[str]:
        """What the console said since last asked; requests are kept in `requests`."""
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                self.requests.append(message["params"]["request"]["url"])
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def clean(self, path: Path) -> None:
        """No word on the console, no violation, no request but for the file itself."""
        self.requests.clear()
        assert self.logs() == []
        assert self.js("window.violations") == []
        assert {url.partition("#")[0] for url in self.requests} <= {path.as_uri(), "about:blank"}
