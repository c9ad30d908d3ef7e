"""Pictures of the shipped case, against pictures that a person has looked at.

Compared at 96 by 60 pixels, where fonts hardly count: the mean difference may be `TOLERANCE` of 255 steps; an empty
picture differs by 5 (timeline) to 30 (map). After a wanted change, look at the new picture and run with ISTHMUS_GOLDEN=write.
"""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser import Opened

pytestmark = pytest.mark.browser
GOLDEN = Path(__file__).parent / "golden"
TOLERANCE = 3.0
SMALL = """
async (pictures) => Promise.all(pictures.map(async (picture) => {
  const image = new Image(); image.src = 'data:image/png;base64,' + picture; await image.decode();
  const canvas = document.createElement('canvas'); canvas.width = 96; canvas.height = 60;
  const context = canvas.getContext('2d'); context.imageSmoothingQuality = 'high'; context.drawImage(image, 0, 0, 96, 60);
  return [canvas.toDataURL('image/png').split(',')[1], [...context.getImageData(0, 0, 96, 60).data]];
}))
"""


def small(page: Page, *pictures: bytes) -> list[tuple[bytes, list[int]]]:
    found = page.evaluate(SMALL, [base64.b64encode(picture).decode() for picture in pictures])
    return [(base64.b64decode(text), pixels) for text, pixels in found]


def difference(left: list[int], right: list[int]) -> float:
    return sum(abs(a - b) for a, b in zip(left, right, strict=True)) / len(left)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("view", ["network", "map", "timeline"])
def test_the_picture_is_the_one_that_was_looked_at(
    open_page: Callable[..., Opened], desk_page: Path, view: str, theme: str
) -> None:
    opened = open_page(desk_page, theme=theme)
    opened.page.keyboard.press(str(["network", "map", "timeline"].index(view) + 1))
    opened.page.wait_for_timeout(600)
    shot = opened.page.locator(f"#view-{view}").screenshot()
    blank = opened.page.context.new_page()
    path = GOLDEN / f"{view}-{theme}.png"
    if os.environ.get("ISTHMUS_GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        path.write_bytes(small(blank, shot)[0][0])
    (_, now), (_, then) = small(blank, shot, path.read_bytes())
    ground = [now[0], now[1], now[2], 255] * (len(now) // 4)
    assert difference(now, then) < TOLERANCE < difference(ground, then)
