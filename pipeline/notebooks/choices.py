"""What a notebook looks at when its reader has chosen nothing: the example of the warehouse that shows most."""

from __future__ import annotations

from pipeline.notebooks.tables import Warehouse


def most_cited(warehouse: Warehouse) -> str | None:
    """The instrument_id that most documents cite, None in an empty warehouse."""
    found: str | None = warehouse.value(
        "SELECT instrument_id FROM instruments ORDER BY n_citing_documents DESC, instrument_id LIMIT 1"
    )
    return found


def widest_directive(warehouse: Warehouse) -> str | None:
    """The instrument_id held in the warehouse whose citers stand on most levels; else the most cited one."""
    found: str | None = warehouse.value("""
        SELECT edges.instrument_id
        FROM edges
        JOIN instruments USING (instrument_id)
        JOIN documents ON documents.doc_id = edges.citing_doc_id
        LEFT JOIN units ON units.unit_id = documents.issuer_unit_id
        WHERE edges.counted AND instruments.doc_id IS NOT NULL
        GROUP BY edges.instrument_id
        ORDER BY count(DISTINCT units.level) DESC, count(*) DESC, edges.instrument_id
        LIMIT 1
    """)
    return found or most_cited(warehouse)


def busiest_unit(warehouse: Warehouse) -> str | None:
    """The name of the unit that issued most documents."""
    found: str | None = warehouse.value("""
        SELECT units.name FROM units JOIN documents ON documents.issuer_unit_id = units.unit_id
        GROUP BY units.name ORDER BY count(*) DESC, units.name LIMIT 1
    """)
    return found
