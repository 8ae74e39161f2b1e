"""The citation network as GraphML and GEXF, for Gephi and other programs that draw networks.

Two networks: documents (nodes are the documents of the corpus and the instruments they cite) and units (who cites what
whom has issued). Edges point from the citing to the cited.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import duckdb
import networkx as nx

from pipeline.warehouse.opening import named_rows

Network = Literal["documents", "units"]

# A document that is an instrument itself is one node, under the instrument's id.
_NODES = {
    "documents": """
SELECT
    instruments.instrument_id                    AS id,
    coalesce(instruments.ref, instruments.title, instruments.instrument_type, '(không rõ)') AS label,
    instruments.instrument_type                  AS type,
    coalesce(instruments.year, year(instruments.date))::INTEGER AS year,
    instruments.issuer,
    units.level,
    units.province,
    instruments.title,
    coalesce(instruments.n_citing_documents, 0)  AS n,
    instruments.doc_id IS NOT NULL               AS in_corpus
FROM instruments
LEFT JOIN units ON units.unit_id = instruments.issuer_unit_id
WHERE instruments.doc_id IS NOT NULL
    OR instruments.instrument_id IN (SELECT edges.instrument_id FROM edges WHERE edges.counted)
UNION ALL
SELECT
    documents.doc_id, coalesce(documents.ref, documents.source_path), documents.doc_type, documents.issued_year,
    documents.issuer, units.level, units.province, documents.subject, 0, true
FROM documents
LEFT JOIN units ON units.unit_id = documents.issuer_unit_id
WHERE documents.doc_id NOT IN (SELECT instruments.doc_id FROM instruments WHERE instruments.doc_id IS NOT NULL)
    AND documents.doc_id IN (SELECT edges.citing_doc_id FROM edges WHERE edges.counted)
ORDER BY id
""",
    "units": """
WITH pairs AS (
    SELECT documents.issuer_unit_id AS citing, instruments.issuer_unit_id AS cited
    FROM edges
    JOIN documents ON documents.doc_id = edges.citing_doc_id
    JOIN instruments USING (instrument_id)
    WHERE edges.counted AND documents.issuer_unit_id IS NOT NULL AND instruments.issuer_unit_id IS NOT NULL
)
SELECT
    units.unit_id AS id, units.name AS label, units.kind AS type, units.level, units.system, units.province,
    (SELECT count(*) FROM documents WHERE documents.issuer_unit_id = units.unit_id) AS n
FROM units
WHERE units.unit_id IN (SELECT citing FROM pairs UNION SELECT cited FROM pairs)
ORDER BY id
""",
}
_EDGES = {
    "documents": """
SELECT coalesce(own.instrument_id, edges.citing_doc_id) AS source, edges.instrument_id AS target,
    max(edges.relation) AS relation, sum(edges.n_mentions)::INTEGER AS n
FROM edges
LEFT JOIN instruments AS own ON own.doc_id = edges.citing_doc_id
WHERE edges.counted
GROUP BY ALL
ORDER BY source, target
""",
    "units": """
SELECT documents.issuer_unit_id AS source, instruments.issuer_unit_id AS target, count(*)::INTEGER AS n
FROM edges
JOIN documents ON documents.doc_id = edges.citing_doc_id
JOIN instruments USING (instrument_id)
WHERE edges.counted AND documents.issuer_unit_id IS NOT NULL AND instruments.issuer_unit_id IS NOT NULL
GROUP BY ALL
ORDER BY source, target
""",
}


def citation_graph(db: duckdb.DuckDBPyConnection, network: Network) -> nx.DiGraph:
    """The network with what is known of each node and edge; `n` counts, `weight` is the same for programs that ask."""
    graph = nx.DiGraph(name="Mạng lưới viện dẫn văn bản")
    for row in _rows(db, _NODES[network]):
        graph.add_node(row.pop("id"), **row)
    for row in _rows(db, _EDGES[network]):
        graph.add_edge(row.pop("source"), row.pop("target"), weight=row["n"], **row)
    return graph


def write_graphml(graph: nx.DiGraph, path: Path) -> None:
    """Write the graph as GraphML."""
    nx.write_graphml_lxml(graph, path, encoding="utf-8")


def write_gexf(graph: nx.DiGraph, path: Path) -> None:
    """Write the graph as GEXF 1.2."""
    nx.write_gexf(graph, path, encoding="utf-8")


def _rows(db: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    return [{name: _writable(value) for name, value in row.items() if value is not None} for row in named_rows(db, sql)]


def _writable(value: Any) -> Any:
    """Characters that XML 1.0 does not know are left out."""
    if not isinstance(value, str):
        return value
    return "".join(c for c in value if c in "\t\n\r" or (ord(c) >= 0x20 and not 0xFFFE <= ord(c) <= 0xFFFF))
