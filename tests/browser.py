"""`python -m tests.browser`: a browser and Chinese fonts for the journeys, or a clear failure.

Uses the machine's Chromium; fetches what is missing by apt (as root on Debian) or Playwright.
Never ends well without a browser: journeys are not skipped silently.
"""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

WITHOUT_FONTS = (
    "Chinese fonts are missing, pictures of pages would show boxes.\n"
    "Debian/Ubuntu: apt install fonts-noto-cjk · Fedora: dnf install google-noto-sans-cjk-fonts\n"
)
WITHOUT_BROWSER = (
    "No Chromium could be found or fetched. Install it (Debian: apt install chromium) or run\n"
    ".venv/bin/playwright install --with-deps chromium\n"
)


def works(command: str) -> bool:
    """A real browser answers; Ubuntu's package of that name is often only a stub."""
    if not shutil.which(command):
        return False
    return subprocess.run([command, "--version"], capture_output=True).returncode == 0


def has_browser() -> bool:
    if works("chromium") or works("chromium-browser"):
        return True
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def has_fonts() -> bool:
    """macOS and Windows bring Chinese fonts; elsewhere fontconfig knows."""
    if platform.system() != "Linux":
        return True
    listing = shutil.which("fc-list")
    if listing:
        found = subprocess.run([listing, ":lang=zh"], capture_output=True, text=True)
        return bool(found.stdout.strip())
    return False


def may_use_apt() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and bool(shutil.which("apt-get"))


def apt_install(*packages: str) -> None:
    subprocess.run(["apt-get", "update", "-q"], check=False)
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    subprocess.run(command, check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})


def fetch_browser() -> None:
    if may_use_apt():
        apt_install("chromium")
        if has_browser():
            return
    extra = ["--with-deps"] if may_use_apt() else []
    command = [sys.executable, "-m", "playwright", "install", *extra, "chromium"]
    subprocess.run(command, check=False)


def main() -> None:
    if not has_fonts() and may_use_apt():
        apt_install("fontconfig", "fonts-noto-cjk")
    if not has_fonts():
        sys.exit(WITHOUT_FONTS)
    if not has_browser():
        fetch_browser()
    if not has_browser():
        sys.exit(WITHOUT_BROWSER)


if __name__ == "__main__":
    main()
