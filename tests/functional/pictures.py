"""The pictures of docs/img, of a running site: `python -m tests.functional.pictures http://127.0.0.1:8000`.

Each is the first screen of a page in Chromium, scaled down and with 128 colors, so that it weighs little.
"""

import io
import sys
from pathlib import Path
from typing import Literal, NamedTuple

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

FOLDER = Path(__file__).parents[2] / "docs" / "img"
COLORS = 128
DESK, PHONE = (1280, 875), (390, 800)


class Picture(NamedTuple):
    """A file, the address that it shows, the window and its colors, the width of the file in pixels."""

    name: str
    address: str
    window: tuple[int, int] = DESK
    scheme: Literal["light", "dark"] = "light"
    width: int = 900


PICTURES = (
    Picture("code-page", "/cpt/76376/"),
    Picture("claim-desk", "/claim/?lines=99214-25,20610-RT,76942&zip=60601"),
    Picture("across-the-country", "/cpt/99214/country/"),
    Picture("phone-dark", "/cpt/99214/?zip=60601", PHONE, "dark", 360),
)


def take(browser: Browser, site: str, picture: Picture) -> int:
    """Write the file; its bytes."""
    wide, high = picture.window
    page = browser.new_page(viewport={"width": wide, "height": high}, color_scheme=picture.scheme)
    page.goto(f"{site}{picture.address}", wait_until="networkidle")
    shot = Image.open(io.BytesIO(page.screenshot()))
    page.close()
    path = FOLDER / f"{picture.name}.png"
    size = (picture.width, round(high * picture.width / wide))
    shot.convert("RGB").resize(size, Image.Resampling.LANCZOS).quantize(COLORS).save(path, optimize=True)
    return path.stat().st_size


def main() -> None:
    """Take all of them."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for picture in PICTURES:
            size = take(browser, sys.argv[1].rstrip("/"), picture)
            sys.stdout.write(f"{picture.name}: {size:,} bytes\n")
        browser.close()


if __name__ == "__main__":
    main()
