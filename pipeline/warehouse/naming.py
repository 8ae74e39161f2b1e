"""Which unit and which instrument of a warehouse a person means."""

from __future__ import annotations

import click
import duckdb

from extractors.text.letters import bare
from pipeline.errors import UsageError

_SHOWN = 5
_TONELESS = "replace(strip_accents(lower({})), 'đ', 'd')"
_UNITS = (
    "SELECT unit_id, name FROM units WHERE unit_id = $words",
    "SELECT unit_id, name FROM units WHERE lower(name) = lower($words)",
    f"SELECT unit_id, name FROM units WHERE {_TONELESS.format('name')} = $bare",
    f"SELECT unit_id, name FROM units WHERE contains({_TONELESS.format('name')}, $bare) ORDER BY length(name), name",
)


def bare_words(words: str) -> str:
    """`words` in small letters without tone marks, to compare names by."""
    return bare(" ".join(words.lower().split()))


def unit_named(db: duckdb.DuckDBPyConnection, words: str) -> str:
    """The unit_id of the unit whose id or name is `words`, or the only one whose name holds them.

    Tone marks do not count. Raises UsageError when no unit fits, or several do.
    """
    for way in _UNITS:
        parameters = {"words": words} if "$words" in way else {"bare": bare_words(words)}
        found = db.execute(way, parameters).fetchall()
        if len(found) > 1:
            names = "; ".join(str(name) for _, name in found[:_SHOWN]) + ("; …" if len(found) > _SHOWN else "")
            raise UsageError(f"{len(found)} units fit {words!r}: {names}", "give more of the name")
        if found:
            return str(found[0][0])
    raise UsageError(f"no unit fits {words!r}", 'see their names with: vanban query "SELECT name, level FROM units"')


def instruments_of(db: duckdb.DuckDBPyConnection, ref: str, year: int | None) -> list[tuple[str, str]]:
    """Id and a name to show of every instrument with this number and symbol (or law's name), the most cited first.

    Raises UsageError, telling those most alike, when there is none.
    """
    found = db.execute(
        """SELECT instrument_id, concat_ws(' ', upper(instrument_type[1]) || instrument_type[2:], coalesce(ref, title),
            '(' || nullif(concat_ws(', ', coalesce(strftime(date, '%d/%m/%Y'), year::VARCHAR), issuer), '') || ')')
        FROM instruments_named($ref, $year) ORDER BY n_citing_documents DESC, instrument_id""",
        {"ref": ref, "year": year},
    ).fetchall()
    if found:
        return [(str(instrument_id), str(name)) for instrument_id, name in found]
    alike = db.execute(
        """SELECT DISTINCT coalesce(ref, title) || coalesce(' (' || year || ')', '') AS name,
            jaro_winkler_similarity(upper(coalesce(ref, title)), upper($ref)) AS likeness
        FROM instruments WHERE coalesce(ref, title) IS NOT NULL AND likeness > 0.85
        ORDER BY likeness DESC, name LIMIT 3""",
        {"ref": ref},
    ).fetchall()
    told = f" of {year}" if year else ""
    near = "; near it: " + ", ".join(str(name) for name, _ in alike) if alike else ""
    raise UsageError(
        f"the warehouse knows no instrument {ref}{told}{near}", "give number and symbol as on the document (33/CT-TTg)"
    )


def tell_instrument(db: duckdb.DuckDBPyConnection, ref: str, year: int | None) -> tuple[str, str]:
    """Id and a name to show of the instrument meant; that others have the same number is told on standard error.

    Raises UsageError when there is none.
    """
    meant = instruments_of(db, ref, year)
    if len(meant) > 1:
        told = "; ".join(name for _, name in meant[:_SHOWN]) + ("; …" if len(meant) > _SHOWN else "")
        click.echo(f"Có {len(meant)} văn bản mang số này: {told}. Thêm --year để chọn một.", err=True)
        return meant[0][0], ref
    return meant[0]
