"""The notebooks as an officer sees them: their pages in a browser, and Jupyter Lab running one."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests import small_warehouse
from tests.browser import chromium, colours, errors, fetched, until, whole_page

pytest.importorskip("nbconvert", reason="the notebooks' packages are not installed (extra `notebooks`)")
pytest.importorskip("jupyterlab", reason="the notebooks' packages are not installed (extra `notebooks`)")

FOLDER = Path(__file__).parents[1] / "notebooks"


def test_pages_of_notebooks(tmp_path: Path) -> None:
    from pipeline.notebooks.pages import write_pages

    with chromium() as browser:
        pages = write_pages(FOLDER, small_warehouse.build_with_views(tmp_path / "kho.duckdb"), tmp_path / "pages")
        assert [page.stem for page in pages] == sorted(path.stem for path in FOLDER.glob("*.ipynb"))
        for page in pages:
            browser.get(page.as_uri())
            until(browser, "document.readyState === 'complete'")
            widths = browser.execute_script("return [...document.images].map((image) => image.naturalWidth)")
            assert all(width > 400 for width in widths), page.name
            assert browser.find_elements("css selector", "table.vanban"), page.name
            assert colours(whole_page(browser, tmp_path / f"{page.stem}.png")) > 50, page.name
            assert fetched(browser) == [], page.name
            assert errors(browser) == [], page.name
            links = re.findall(r'href="([^"#]+)"', page.read_text(encoding="utf-8"))
            assert all((page.parent / link).is_file() for link in links), page.name


def test_network_in_jupyter_lab(tmp_path: Path) -> None:
    warehouse = small_warehouse.build_with_views(tmp_path / "kho.duckdb")
    notebook = tmp_path / "work" / "02_mang_luoi.ipynb"
    notebook.parent.mkdir()
    notebook.write_bytes((FOLDER / notebook.name).read_bytes())
    with chromium(1400, 1000) as browser, jupyter_lab(notebook.parent, warehouse) as address:
        browser.get(f"{address}/lab/tree/{notebook.name}")
        until(browser, "window.jupyterapp && document.querySelector('.jp-Notebook .jp-CodeCell')")
        until(browser, "window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'")
        browser.execute_script("window.jupyterapp.commands.execute('notebook:run-all-cells')")
        until(browser, "document.querySelector('.jp-OutputArea iframe')?.contentDocument?.body?.dataset?.ready")
        browser.execute_script("document.querySelector('.jp-OutputArea iframe').scrollIntoView({block: 'center'})")
        frame = browser.find_element("css selector", ".jp-OutputArea iframe")
        browser.switch_to.frame(frame)
        assert "4 trong 4 văn bản" in browser.find_element("id", "note").text
        browser.switch_to.default_content()
        browser.save_screenshot(str(tmp_path / "jupyter-lab.png"))
        assert colours(tmp_path / "jupyter-lab.png") > 200
        assert fetched(browser) == []
        assert not browser.find_elements("css selector", ".Toastify__toast")


@contextmanager
def jupyter_lab(folder: Path, warehouse: Path) -> Iterator[str]:
    """Jupyter Lab as `make notebooks` starts it, on a free port of this machine."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--expose-app-in-browser", f"--port={port}",
        "--ServerApp.ip=127.0.0.1", "--IdentityProvider.token=", "--ServerApp.password=",
    ]  # fmt: skip
    makefile = (FOLDER.parent / "Makefile").read_text(encoding="utf-8")
    assert "JUPYTER_CONFIG_PATH=$(CURDIR)/notebooks/.jupyter" in makefile
    folders = {f"JUPYTER_{name}_DIR": str(folder / ".jupyter" / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    environment = {
        **os.environ,
        **folders,
        "JUPYTER_CONFIG_PATH": str(FOLDER / ".jupyter"),
        "VANBAN_DB": str(warehouse),
    }
    with (folder / "jupyter.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            wait_for(port, server, folder / "jupyter.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def wait_for(port: int, server: subprocess.Popen[bytes], log: Path, seconds: float = 90) -> None:
    """Return once the server answers; fail with its log when it ends or stays silent."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    pytest.fail(log.read_text(encoding="utf-8")[-2000:])
