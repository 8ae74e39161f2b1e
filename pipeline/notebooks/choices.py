"""What a notebook looks at when its reader has chosen nothing: the example of the warehouse that shows most."""

from __future__ import annotations

from datetime import date

from pipeline.notebooks.tables import Warehouse


def most_cited(warehouse: Warehouse) -> str | None:
    """The instrument_id that most documents cite, None in an empty warehouse."""
    found: str | None = warehouse.value(
        "SELECT instrument_id FROM instruments ORDER BY n_citing_documents DESC, instrument_id LIMIT 1"
    )
    return found


def widest_directive(warehouse: Warehouse) -> str | None:
    """The instrument_id that is carried out (relation `thực hiện`) on most levels; else the most cited one."""
    found: str | None = warehouse.value("""
        SELECT edges.instrument_id
        FROM edges
        JOIN documents ON documents.doc_id = edges.citing_doc_id
        JOIN units ON units.unit_id = documents.issuer_unit_id
        WHERE edges.counted AND edges.relation = 'thực hiện'
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


def day_of_deadlines(warehouse: Warehouse, today: date) -> date:
    """`today` while the warehouse has terms within a year of it; else the middle one of all its terms."""
    warehouse.choose(today=today)
    near, middle = warehouse.execute("""
        SELECT count(*) FILTER (due_on BETWEEN $today - 365 AND $today + 365), quantile_disc(due_on, 0.5)
        FROM deadline_terms
    """).fetchone() or (0, None)
    return today if near or middle is None else middle
