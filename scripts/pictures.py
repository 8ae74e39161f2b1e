"""Draw the pictures of the README, docs/images/network.png and cascade.png, from the invented corpora."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from PIL import Image

import pipeline
from pipeline.exports.network_page import read_network
from pipeline.notebooks import charts
from pipeline.notebooks.tables import Warehouse
from pipeline.sample import write_sample
from pipeline.sample.cascades import DIRECTIVE, DIRECTIVE_DAY, write_cascades
from tests.browser import chromium, until

TARGET = Path(__file__).parents[1] / "docs" / "images"


def main() -> None:
    """Make the corpora, run the pipeline over them and draw."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_cascades(folder)
        write_sample(folder / "raw" / "sample", documents=600, seed=3)
        pipeline.run(folder / "raw", folder / "out")
        warehouse = Warehouse(folder / "out" / "vanban.duckdb")
        warehouse.choose(ref=DIRECTIVE, year=DIRECTIVE_DAY.year)
        draw_cascade(warehouse)
        draw_network(read_network(warehouse.connection, limit=2500).write(folder / "network.html"))


def draw_cascade(warehouse: Warehouse) -> None:
    """The directive of the cascades down the levels, as notebook 03 shows it."""
    frame = warehouse.frame("FROM cascade($ref, $year) WHERE step = 0 OR province = 'Kon Tum'")
    path = charts.cascade(frame, f"Chỉ thị {DIRECTIVE} ở tỉnh Kon Tum").save(TARGET / "cascade.png")
    _shrink(path)


def draw_network(page: Path) -> None:
    """The network with its most cited law chosen, as a browser shows it."""
    with chromium(1400, 860) as browser:
        browser.get(page.as_uri())
        until(browser, "document.body.dataset.ready")
        browser.execute_script("network.choose(0)")
        time.sleep(2)
        browser.save_screenshot(str(TARGET / "network.png"))
    _shrink(TARGET / "network.png")


def _shrink(path: Path) -> None:
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(128, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
            path, optimize=True
        )


if __name__ == "__main__":
    main()
