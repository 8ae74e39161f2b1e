"""The page of the citation network: its data, and how it works in a browser without a network."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.exports.network_page import Network, read_network
from tests.browser import chromium, colours, errors, fetched, until

LIBRARIES = {
    "graphology-library.min.js": "5323729ec6d4ac5d98a245873646c27fd80c7234df13972faec5869f3c54a105",
    "graphology.umd.min.js": "dc337efa23903f61e064c8e7e7f93a429e6855dccfc2458802b4ed30c621c087",
    "sigma.min.js": "58e30383ab428f832068d9d16a5215c65ba12430d438ed091c5703f398de9e16",
}


@pytest.fixture
def warehouse(small: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(small), read_only=True) as connection:
        yield connection


def refs(network: Network) -> set[str]:
    return {node.name for node in network.nodes}


def test_nodes_are_documents_and_what_they_cite(warehouse: duckdb.DuckDBPyConnection) -> None:
    network = read_network(warehouse)
    assert refs(network) == {"45/QĐ-UBND", "88/PTNMT", "72/2020/QH14", "12/KH-UBND"}
    assert len(network.edges) == 4
    held = {node.name: node.path for node in network.nodes}
    assert held["45/QĐ-UBND"] == "xa/quyet-dinh.pdf"
    assert held["72/2020/QH14"] is None
    assert {node.name: node.level for node in network.nodes}["72/2020/QH14"] == "trung ương"


def test_of_many_those_with_most_links_are_taken(warehouse: duckdb.DuckDBPyConnection) -> None:
    network = read_network(warehouse, limit=3)
    assert refs(network) == {"45/QĐ-UBND", "88/PTNMT", "12/KH-UBND"}
    assert network.total_nodes == 4


def test_network_of_one_unit(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert len(read_network(warehouse, unit="Ủy ban nhân dân xã Suối Bạc").edges) == 2
    assert read_network(warehouse, unit="Ủy ban nhân dân xã Không Có").nodes == ()


def test_subject_cannot_end_the_page(warehouse: duckdb.DuckDBPyConnection) -> None:
    network = read_network(warehouse)
    hostile = Network(network.nodes, network.edges, 4)
    page = hostile.page("</script><script>alert(1)</script>")
    assert "<script>alert(1)" not in page
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert data is not None
    assert json.loads(data.group(1))["title"] == "</script><script>alert(1)</script>"


@pytest.mark.parametrize("name", LIBRARIES)
def test_libraries_are_as_published(name: str) -> None:
    content = files("pipeline.exports").joinpath("javascript", name).read_bytes()
    assert hashlib.sha256(content).hexdigest() == LIBRARIES[name]


def test_page_carries_the_licences_of_what_is_inside(warehouse: duckdb.DuckDBPyConnection) -> None:
    page = read_network(warehouse).page()
    for holder in ("Alexis Jacomy", "Guillaume Plique", "Joyent, Inc.", "OpenJS Foundation", "Evgeny Poberezkin"):
        assert holder in page


def test_network_in_a_browser(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = read_network(warehouse).write(tmp_path / "mang-luoi.html")
    with chromium() as browser:
        browser.get(path.as_uri())
        until(browser, "document.body.dataset.ready")
        if browser.execute_script("return network.renderer === null"):
            pytest.skip("this Chromium draws no WebGL")
        assert note(browser) == "Đang hiện 4 trong 4 văn bản, 4 trong 4 viện dẫn"
        click_node(browser, "45/QĐ-UBND")
        panel = browser.find_element("id", "panel").text
        assert panel.startswith("45/QĐ-UBND")
        assert "Được các văn bản này viện dẫn (2)" in panel
        assert "12/KH-UBND" in panel
        assert "72/2020/QH14" in panel
        browser.save_screenshot(str(tmp_path / "mang-luoi.png"))
        assert colours(tmp_path / "mang-luoi.png") > 50

        untick(browser, "relations", "thực hiện")
        assert note(browser) == "Đang hiện 4 trong 4 văn bản, 3 trong 4 viện dẫn"
        untick(browser, "levels", "trung ương")
        assert note(browser) == "Đang hiện 3 trong 4 văn bản, 2 trong 4 viện dẫn"
        browser.find_element("id", "clear").click()
        browser.find_element("id", "unit").send_keys("uy ban nhan dan xa suoi bac")
        until(browser, "document.getElementById('note').textContent.includes('2 trong 4 viện dẫn')")
        browser.find_element("id", "clear").click()
        choose(browser, "from", "2024")
        assert note(browser) == "Đang hiện 4 trong 4 văn bản, 4 trong 4 viện dẫn"
        browser.find_element("id", "search").send_keys("ve sinh duong lang")
        until(browser, "document.getElementById('panel').textContent.startsWith('12/KH-UBND')")

        browser.find_element("id", "by-links").click()
        until(browser, "document.body.dataset.arranged === 'done'")
        assert fetched(browser) == []
        assert errors(browser) == []


def note(browser: Any) -> str:
    return str(browser.find_element("id", "note").text)


def click_node(browser: Any, ref: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    x, y = browser.execute_script(
        "const n = window.network, at = n.nodes.findIndex((node) => node.ref === arguments[0]);"
        "const place = n.renderer.graphToViewport(n.graph.getNodeAttributes(at));"
        "const box = document.getElementById('graph').getBoundingClientRect();"
        "return [box.left + place.x, box.top + place.y];",
        ref,
    )
    actions = ActionChains(browser)
    actions.w3c_actions.pointer_action.move_to_location(round(x), round(y))
    actions.w3c_actions.pointer_action.click()
    actions.perform()
    until(browser, lambda one: one.find_element("id", "panel").text.startswith(ref))


def untick(browser: Any, field: str, words: str) -> None:
    label = next(one for one in browser.find_elements("css selector", f"#{field} label") if one.text.startswith(words))
    label.find_element("tag name", "input").click()


def choose(browser: Any, field: str, value: str) -> None:
    from selenium.webdriver.support.ui import Select

    Select(browser.find_element("id", field)).select_by_value(value)
