"""The page of the citation network with 5,000 documents and 20,000 citations in headless Chromium.

    python benchmarks/network_page.py [NODES EDGES]

Tells the page's size, how long it takes to open, what a filter costs, and what a frame costs the page's own thread
while the camera moves. Frames a second depend on the graphics card; without one they are those of a software renderer.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from pipeline.exports.network_page import RELATIONS, Edge, Network, Node
from pipeline.levels import LEVELS
from tests.browser import chromium, until

_FILTER = "const t = performance.now(); network.state.from = 2015; network.filter(); network.renderer.render();"
_FRAMES = """
const done = arguments[0], renderer = network.renderer, begun = performance.now();
let frames = 0;
renderer.on("afterRender", () => { frames += 1; });
const finish = () => done(1000 * frames / (performance.now() - begun));
renderer.getCamera().animate({ratio: 0.5, x: 0.4}, {duration: 4000}, finish);
"""
_OWN_TIME = "const t = performance.now(); network.renderer.render(); return performance.now() - t"


def network(nodes: int, edges: int) -> Network:
    """An invented network in which a few documents are cited by many, as laws are."""
    dice = random.Random(1)
    documents = tuple(
        Node(
            str(at), f"{at}/QĐ-UBND", "quyết định", f"về việc thứ {at} của đơn vị", day, day.year,
            f"Ủy ban nhân dân số {dice.randrange(400)}", dice.choice(LEVELS), f"raw/{at}.pdf",
        )
        for at in range(nodes)
        for day in [date(2010, 1, 1) + timedelta(days=dice.randrange(5800))]
    )  # fmt: skip
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < edges:
        pair = (dice.randrange(nodes), int(nodes * dice.random() ** 3))
        if pair[0] != pair[1]:
            pairs.add(pair)
    links = tuple(Edge(str(a), str(b), (dice.choice(RELATIONS),), 1) for a, b in sorted(pairs))
    return Network(documents, links, nodes)


def main(nodes: int = 5000, edges: int = 20000) -> None:
    """Write the page, open it and print what was measured."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        path = network(nodes, edges).write(Path(folder) / "mang-luoi.html")
        begun = time.monotonic()
        browser.get(path.as_uri())
        until(browser, "document.body.dataset.ready")
        opened = time.monotonic() - begun
        browser.set_script_timeout(60)
        filtered = browser.execute_script(f"{_FILTER} return performance.now() - t")
        browser.execute_script("network.state.from = null; network.filter()")
        own = sorted(browser.execute_script(_OWN_TIME) for _ in range(9))[4]
        frames = browser.execute_async_script(_FRAMES)
        sys.stdout.write(
            f"{nodes} documents, {edges} citations: {path.stat().st_size / 1e6:.1f} MB, opened in {opened:.1f} s, "
            f"a filter {filtered:.0f} ms, a frame {own:.1f} ms of the page's thread, {frames:.0f} frames a second\n"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
