"""Take the README's three views of the seed map: the evidence of an incident, a window of time, both sides' names in the dark.

    make map && .venv/bin/python scripts/screenshots.py [out/map.html]

Chromium must be installed; the network stays cut. The pictures go to docs/images/.
"""

import base64
import shutil
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
SIZE = ViewportSize(width=1360, height=820)
MOST_KB = 300
# Flat cartography has few colours; a palette of them is a quarter of the bytes.
COLOURS = 256
DECODE = """async (text) => {
  const image = new Image();
  image.src = `data:image/png;base64,${text}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  let bytes = "";
  for (let n = 0; n < data.length; n += 8192) bytes += String.fromCharCode(...data.subarray(n, n + 8192));
  return btoa(bytes);
}"""


def evidence(page: Page) -> None:
    """Open the newest incident with a toll."""
    number = page.evaluate(
        "Math.max(0, Marchland.shown.findIndex((i) => !i.margin && Marchland.harmOf(i).killed?.some((n) => n)))"
    )
    page.locator(".row").nth(number).click()


def time_window(page: Page) -> None:
    """Narrow the time to the newest tenth; roads are drawn as of its end."""
    page.locator("#time-back").click()


def both_names(page: Page) -> None:
    """Let both sides' names stand together, in the dark."""
    page.locator("#theme").select_option("dark")
    page.locator("#names").select_option("both")


VIEWS = {"map-evidence": evidence, "map-time-window": time_window, "map-both-names": both_names}


def pixels(page: Page, shot: bytes) -> np.ndarray:
    """Decode a picture in the browser; gives rows of red, green, blue."""
    encoded = page.evaluate(DECODE, base64.b64encode(shot).decode())
    return np.frombuffer(base64.b64decode(encoded), np.uint8).reshape(SIZE["height"], SIZE["width"], 4)[..., :3]


def with_palette(rgb: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the commonest colours of a coarse cube, so that no hue is lost, and for each pixel the number of the nearest."""
    colours, where = np.unique(rgb.reshape(-1, 3), axis=0, return_inverse=True)
    where = where.reshape(-1)
    cells, cell, counts = np.unique(rgb.reshape(-1, 3) >> 4, axis=0, return_inverse=True, return_counts=True)
    sums = [np.bincount(cell.reshape(-1), rgb[..., channel].reshape(-1), len(cells)) for channel in range(3)]
    means = (np.stack(sums, axis=1) / counts[:, None]).round().astype(np.uint8)
    palette = means[np.argsort(-counts)[:COLOURS]]
    nearest = np.empty(len(colours), np.uint8)
    for start in range(0, len(colours), 4096):
        part = colours[start : start + 4096, None].astype(int) - palette[None].astype(int)
        nearest[start : start + 4096] = (part**2).sum(axis=2).argmin(axis=1)
    return palette, nearest[where].reshape(rgb.shape[:2])


def png(palette: np.ndarray, numbers: np.ndarray) -> bytes:
    """Write an indexed PNG."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    height, width = numbers.shape
    rows = np.hstack([np.zeros((height, 1), np.uint8), numbers]).tobytes()
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"PLTE", palette.tobytes()) + chunk(b"IDAT", zlib.compress(rows, 9))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


def save(picture: bytes, path: Path) -> None:
    """Write a picture, and refuse one that is too heavy for a README."""
    size_kb = len(picture) / 1024
    if size_kb > MOST_KB:
        sys.exit(f"{path}: {size_kb:.0f} KB, heavier than {MOST_KB} KB; choose a plainer view")
    path.write_bytes(picture)
    print(f"{path.relative_to(ROOT)}: {size_kb:.0f} KB")


def main() -> None:
    """Open the map once per view and take it."""
    source = Path(sys.argv[1] if len(sys.argv) > 1 else "out/map.html").resolve()
    chromium = shutil.which("chromium")
    if chromium is None or not source.is_file():
        sys.exit(f"needed: Chromium (apt-get install chromium) and {source} (make map)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, prepare in VIEWS.items():
            page = browser.new_page(viewport=SIZE, offline=True, color_scheme="light")
            page.goto(source.as_uri())
            page.locator("html[data-ready='yes']").wait_for(state="attached")
            prepare(page)
            page.wait_for_timeout(600)
            shot = page.screenshot()
            page.goto("about:blank")
            save(png(*with_palette(pixels(page, shot))), IMAGES / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
