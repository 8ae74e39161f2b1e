"""What a notebook looks at when its reader has chosen nothing: the example of the warehouse that shows most."""

from __future__ import annotations

from datetime import date

from pipeline.errors import UsageError
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


def unit_named(warehouse: Warehouse, name: str | None) -> tuple[str, str]:
    """unit_id and name of the unit of that name, or of any; of several the one that issued most documents.

    Raises UsageError when there is none.
    """
    warehouse.choose(unit=name)
    found = warehouse.execute("""
        SELECT units.unit_id, units.name
        FROM units
        LEFT JOIN documents ON documents.issuer_unit_id = units.unit_id
        WHERE $unit::VARCHAR IS NULL OR strip_accents(lower(units.name)) = strip_accents(lower($unit))
        GROUP BY ALL
        ORDER BY count(documents.doc_id) DESC, units.name, units.unit_id
        LIMIT 1
    """).fetchone()
    if found is None:
        raise UsageError(
            f"kho không có đơn vị {name!r}" if name else "kho chưa có đơn vị nào",
            'ghi tên đầy đủ như trong bảng `units`, ví dụ: vanban query "FROM units"',
        )
    return found[0], found[1]


def day_of_deadlines(warehouse: Warehouse, today: date) -> date:
    """`today` while the warehouse has terms within a year of it; else the middle one of all its terms."""
    warehouse.choose(today=today)
    near, middle = warehouse.execute("""
        SELECT count(*) FILTER (due_on BETWEEN $today - 365 AND $today + 365), quantile_disc(due_on, 0.5)
        FROM deadline_terms
    """).fetchone() or (0, None)
    return today if near or middle is None else middle
