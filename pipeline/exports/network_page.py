"""The citation network as one HTML file that opens alone, without network access.

Sigma.js draws it with WebGL, so that thousands of documents stay fluent; the libraries are inside the file. A node is
an instrument, a line one document's citations of one instrument. The page filters by unit, level, year and relation
and lists the documents of the node that was clicked.
"""

from __future__ import annotations

import html
import json
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from math import ceil
from pathlib import Path
from string import Template
from typing import Any

import duckdb

from pipeline.levels import LEVEL_COLOURS, LEVELS, UNKNOWN_LEVEL
from pipeline.warehouse.tables import table

NODES = 5000
"""How many documents a page shows unless told otherwise: those with the most links."""

_WIDTH, _BAND = 1000.0, 110.0

# A document that is itself an instrument of the corpus is the same node, however it was cited.
_LINKS = """
CREATE OR REPLACE TEMP TABLE network_links AS
WITH own AS (SELECT doc_id, min(instrument_id) AS instrument_id FROM instruments WHERE doc_id IS NOT NULL GROUP BY 1)
SELECT
    coalesce(own.instrument_id, edges.citing_doc_id) AS citing,
    edges.instrument_id                              AS cited,
    edges.relations,
    edges.n_mentions
FROM edges
JOIN documents ON documents.doc_id = edges.citing_doc_id
JOIN instruments ON instruments.instrument_id = edges.instrument_id
LEFT JOIN own ON own.doc_id = edges.citing_doc_id
WHERE edges.counted AND citing <> cited
  AND ($unit IS NULL OR documents.issuer_unit_id = $unit OR instruments.issuer_unit_id = $unit)
"""
_NODES = """
WITH ends AS (SELECT citing AS id FROM network_links UNION ALL SELECT cited FROM network_links),
ranked AS (
    SELECT id, count(*) AS degree, count(*) OVER () AS total FROM ends GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT $limit
)
SELECT
    ranked.id,
    coalesce(
        instruments.ref, documents.ref, instruments.title, documents.subject, documents.source_path,
        concat_ws(' ngày ', instruments.instrument_type, strftime(instruments.date, '%d/%m/%Y'))
    )                                                                   AS name,
    coalesce(instruments.instrument_type, documents.doc_type)           AS type,
    coalesce(documents.subject, instruments.title)                      AS subject,
    coalesce(documents.issued_date, instruments.date)                   AS date,
    coalesce(documents.issued_year, instruments.year, year(instruments.date)) AS year,
    units.name                                                          AS unit,
    coalesce(units.level, if(instruments.instrument_type IN
        ('hiến pháp', 'luật', 'bộ luật', 'pháp lệnh', 'lệnh', 'nghị định', 'thông tư', 'thông tư liên tịch'),
        'trung ương', NULL))                                            AS level,
    documents.source_path                                               AS path,
    ranked.total
FROM ranked
LEFT JOIN instruments ON instruments.instrument_id = ranked.id
LEFT JOIN documents ON documents.doc_id = coalesce(instruments.doc_id, ranked.id)
LEFT JOIN units ON units.unit_id = coalesce(documents.issuer_unit_id, instruments.issuer_unit_id)
ORDER BY ranked.degree DESC, ranked.id
"""


@dataclass(frozen=True, slots=True)
class Node:
    """One document of the network; `path` is None when it is only cited, not held."""

    id: str
    name: str
    type: str | None
    subject: str | None
    date: date | None
    year: int | None
    unit: str | None
    level: str | None
    path: str | None


@dataclass(frozen=True, slots=True)
class Edge:
    """All citations of one document by another."""

    citing: str
    cited: str
    relations: tuple[str, ...]
    n_mentions: int


@dataclass(frozen=True, slots=True)
class Network:
    """Documents and their citations; `total_nodes` counts also those left out, `unit` is the unit asked for."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    total_nodes: int
    unit: str | None = None

    def page(self, title: str = "Mạng lưới viện dẫn") -> str:
        """The page that shows the network, with all it needs inside."""
        folder = files(__package__)
        text = {name: folder.joinpath(f"network_page.{name}").read_text("utf-8") for name in ("html", "css", "js")}
        libraries = {
            name: folder.joinpath("javascript", f"{file}.min.js").read_text("utf-8")
            for name, file in (
                ("sigma", "sigma"),
                ("graphology", "graphology.umd"),
                ("graphology_library", "graphology-library"),
            )
        }
        licences = folder.joinpath("javascript", "LICENSES.txt").read_text("utf-8")
        data = json.dumps(self._data(title), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        return Template(text["html"]).substitute(
            title=html.escape(title),
            style=text["css"],
            script=text["js"],
            data=data,
            licences=html.escape(licences),
            **libraries,
        )

    def write(self, path: Path, title: str = "Mạng lưới viện dẫn") -> Path:
        """Write the page and return where it is."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.page(title), encoding="utf-8")
        return path

    def __repr__(self) -> str:
        return f"{len(self.nodes)} văn bản, {len(self.edges)} viện dẫn"

    def _repr_html_(self) -> str:
        """The page inside a notebook, in a frame of its own."""
        return (
            f'<iframe srcdoc="{html.escape(self.page())}" title="Mạng lưới viện dẫn" '
            'style="width: 100%; height: 720px; border: 1px solid #d1d9e0" allowfullscreen></iframe>'
        )

    def _data(self, title: str) -> dict[str, Any]:
        units = sorted({node.unit for node in self.nodes if node.unit is not None})
        unit_at = {name: at for at, name in enumerate(units)}
        node_at = {node.id: at for at, node in enumerate(self.nodes)}
        places = _Places.of(self.nodes)
        relations = table("citations").column("relation").values
        return {
            "title": title,
            "levels": [*LEVELS, UNKNOWN_LEVEL],
            "colours": [LEVEL_COLOURS[level] for level in (*LEVELS, UNKNOWN_LEVEL)],
            "relations": relations,
            "units": units,
            "unit": None if self.unit is None else unit_at.get(self.unit),
            "nodes": [
                [
                    node.name,
                    node.type or "",
                    node.subject or "",
                    None if node.date is None else node.date.isoformat(),
                    node.year,
                    None if node.unit is None else unit_at[node.unit],
                    _level_at(node),
                    node.path,
                    *places.of_node(node, at),
                ]
                for at, node in enumerate(self.nodes)
            ],
            "edges": [
                [
                    node_at[edge.citing],
                    node_at[edge.cited],
                    sum(1 << relations.index(relation) for relation in edge.relations),
                    edge.n_mentions,
                ]
                for edge in self.edges
            ],
            "axis": places.axis,
            "total_nodes": self.total_nodes,
        }


def read_network(connection: duckdb.DuckDBPyConnection, *, limit: int = NODES, unit: str | None = None) -> Network:
    """The network of the warehouse, or of one unit (a name of `units`) with what it cites and who cites it.

    Of more than `limit` documents those with the most links are taken.
    """
    found = connection.execute("SELECT unit_id FROM units WHERE name = ?", [unit]).fetchone() if unit else None
    wanted = (found[0] if found else "") if unit else None
    connection.execute(_LINKS, {"unit": wanted})
    rows = connection.execute(_NODES, {"limit": limit}).fetchall()
    nodes = {row[0]: Node(*row[:-1]) for row in rows}
    links = connection.execute("SELECT * FROM network_links ORDER BY citing, cited").fetchall()
    edges = tuple(
        Edge(citing, cited, tuple(relations), mentions)
        for citing, cited, relations, mentions in links
        if citing in nodes and cited in nodes
    )
    linked = {end for edge in edges for end in (edge.citing, edge.cited)}
    return Network(tuple(nodes[id] for id in nodes if id in linked), edges, rows[0][-1] if rows else 0, unit)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a document stands: years from left to right, one band a level."""

    first: float
    last: float
    bands: tuple[int, ...]
    undated: bool

    @classmethod
    def of(cls, nodes: tuple[Node, ...]) -> _Places:
        moments = [moment for moment in map(_moment, nodes) if moment is not None]
        bands = sorted({_level_at(node) for node in nodes})
        undated = len(moments) < len(nodes)
        return cls(min(moments, default=2000.0), max(moments, default=2001.0), tuple(bands), undated)

    def _x(self, moment: float) -> float:
        # Recent years hold most documents: the scale is stretched towards the end.
        share = (moment - self.first) / max(self.last - self.first, 1.0)
        return float(_WIDTH * share**2)

    def of_node(self, node: Node, at: int) -> tuple[float, float]:
        moment = _moment(node)
        x = -60.0 if moment is None else self._x(moment)
        spread = (at * 0.6180339887) % 1 - 0.5
        y = -_BAND * self.bands.index(_level_at(node)) + spread * _BAND * 0.72
        return round(x, 1), round(y, 1)

    @property
    def axis(self) -> dict[str, Any]:
        if self.last - self.first < 3:
            quarters = [quarter / 4 for quarter in range(ceil(4 * self.first), int(4 * self.last) + 1)]
            ticks = [(f"{int(12 * (moment % 1)) + 1:02d}/{int(moment)}", self._x(moment)) for moment in quarters]
        else:
            ticks = [(str(year), self._x(year)) for year in range(ceil(self.first), int(self.last) + 1)]
        return {
            "years": [*([("không rõ", -60.0)] if self.undated else []), *((name, round(x, 1)) for name, x in ticks)],
            "levels": [(band, -_BAND * at + _BAND * 0.42) for at, band in enumerate(self.bands)],
        }


def _moment(node: Node) -> float | None:
    if node.date is not None:
        return node.date.year + (node.date.timetuple().tm_yday - 1) / 366
    return None if node.year is None else node.year + 0.5


def _level_at(node: Node) -> int:
    return LEVELS.index(node.level) if node.level in LEVELS else len(LEVELS)
