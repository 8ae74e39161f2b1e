"""Charts for reports: labels at the marks, no frames or grids that say nothing, colours for colour-blind eyes.

Every chart is a PNG of twice the screen's resolution in a notebook, and `save` writes it for a document.
The type is DejaVu Sans, which comes with matplotlib and has every Vietnamese letter, so that it looks alike everywhere.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.dates import AutoDateFormatter, AutoDateLocator, date2num
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from pipeline.levels import LEVEL_COLOURS, LEVELS, UNKNOWN_LEVEL
from pipeline.notebooks.tables import written

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

INK, QUIET, LINE, BLUE, ORANGE, PALE = "#1f2328", "#59636e", "#d1d9e0", "#0072b2", "#d55e00", "#c9d3dd"
_WIDTH, _ROW, _DPI = 9.0, 0.32, 110
_STYLE: Any = {
    "font.family": "DejaVu Sans", "font.size": 9, "text.color": INK, "axes.labelcolor": QUIET, "xtick.color": QUIET,
    "ytick.color": INK, "axes.edgecolor": LINE, "axes.spines.top": False, "axes.spines.right": False,
    "axes.titlelocation": "left", "axes.titlesize": 11, "axes.titleweight": "bold", "axes.titlepad": 12,
    "xtick.major.size": 0, "ytick.major.size": 0, "svg.fonttype": "path", "figure.facecolor": "white",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart; a notebook shows it, `save` writes it (.png, .svg or .pdf by the name's ending)."""

    figure: Figure
    words: str

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, Any], dict[str, Any]]:
        buffer = io.BytesIO()
        self.figure.savefig(buffer, format="png", dpi=2 * _DPI)
        content = buffer.getvalue()
        width = int.from_bytes(content[16:20], "big") // 2
        return {"image/png": content, "text/plain": self.words}, {"image/png": {"width": width}}

    def save(self, path: str | Path) -> Path:
        """Write the chart to `path` and return where it is."""
        self.figure.savefig(path, dpi=2 * _DPI)
        return Path(path)


def bars(frame: pd.DataFrame, title: str, *, most: int = 20) -> Chart:
    """One horizontal bar a row (label, value), in the order of the rows; at most `most` rows."""
    if frame.empty:
        return _nothing(title)
    label, value = frame
    shown = frame.head(most)
    with _axes(_ROW * max(len(shown), 1) + 0.6, title) as (figure, axes):
        places = range(len(shown))
        axes.barh(places, shown[value], color=BLUE, height=0.68)
        axes.set_yticks(places, [_short(name, 52) for name in shown[label]])
        axes.invert_yaxis()
        _hide(axes, "left", "bottom")
        axes.set_xticks([])
        end = float(shown[value].max() or 1) if len(shown) else 1.0
        for place, amount in zip(places, shown[value], strict=True):
            axes.text(amount + 0.01 * end, place, written(amount), va="center")
        axes.set_xlim(0, end * 1.08)
        _note(axes, len(frame) - len(shown))
    return Chart(figure, _words(title, shown, label, value))


def parts(frame: pd.DataFrame, title: str, colours: dict[str, str], *, most: int = 20) -> Chart:
    """One bar a label, longest first, split into coloured parts (label, part, value); at most `most` bars."""
    if frame.empty:
        return _nothing(title)
    label, part, value = frame
    wide = frame.pivot_table(index=label, columns=part, values=value, aggfunc="sum", fill_value=0)
    wide = wide.loc[wide.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    shown, totals = wide.head(most), wide.head(most).sum(axis=1)
    with _axes(_ROW * max(len(shown), 1) + 1.0, title) as (figure, axes):
        left = totals * 0.0
        for name in (name for name in colours if name in shown):
            axes.barh(range(len(shown)), shown[name], left=left, color=colours[name], height=0.68, label=name)
            left = left + shown[name]
        axes.set_yticks(range(len(shown)), [_short(name, 52) for name in shown.index])
        axes.invert_yaxis()
        axes.set_xticks([])
        _hide(axes, "left", "bottom")
        for place, total in enumerate(totals):
            axes.text(total + 0.01 * totals.max(), place, written(total), va="center")
        axes.set_title(title, pad=28)
        axes.legend(
            loc="lower left", bbox_to_anchor=(0, 1.0), ncols=6, frameon=False, handlelength=0.9, borderaxespad=0,
            columnspacing=1.2,
        )  # fmt: skip
        _note(axes, len(wide) - len(shown))
    return Chart(figure, _words(title, totals.reset_index(name=value), label, value))


def columns(frame: pd.DataFrame, title: str) -> Chart:
    """Upright bars (label, value) in the order of the rows, for months and years."""
    if frame.empty:
        return _nothing(title)
    label, value = frame
    with _axes(2.8, title) as (figure, axes):
        places = list(range(len(frame)))
        axes.bar(places, frame[value], color=BLUE, width=0.72)
        every = max(1, -(-len(frame) // 24))
        axes.set_xticks(places[::every], [written(name) for name in frame[label]][::every])
        if len(frame) > 14:
            axes.tick_params(axis="x", rotation=90)
        _hide(axes, "left")
        axes.set_yticks([])
        if len(frame) <= 40:
            for place, amount in zip(places, frame[value], strict=True):
                if amount:
                    axes.text(place, amount, written(amount), ha="center", va="bottom", fontsize=8)
        else:
            _hide(axes, keep="left")
            axes.yaxis.grid(True, color=LINE, linewidth=0.6)
            axes.set_axisbelow(True)
            axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    return Chart(figure, _words(title, frame, label, value))


def matrix(frame: pd.DataFrame, title: str, *, order: tuple[str, ...] = (), most: int = 15) -> Chart:
    """Rows against columns (row, column, value) in the order met, the number in each cell on a shade of blue.

    `order` sorts both sides instead; at most `most` rows and columns.
    """
    if frame.empty:
        return _nothing(title)
    row, column, value = frame
    wide = frame.pivot_table(index=row, columns=column, values=value, aggfunc="sum", fill_value=0, sort=False)
    wide = wide.iloc[:most, :most]
    if order:
        wide = wide.reindex(
            index=[name for name in order if name in wide.index],
            columns=[name for name in order if name in wide.columns],
        )
    with _axes(0.42 * max(len(wide), 1) + 1.0, title) as (figure, axes):
        top = float(wide.to_numpy().max()) if wide.size else 1.0
        shades = mpl.colors.LinearSegmentedColormap.from_list("blue", ["#ffffff", "#9ecae8", BLUE])
        axes.imshow(wide.to_numpy() ** 0.5, cmap=shades, vmin=0, vmax=max(top, 1.0) ** 0.5, aspect="auto")
        axes.set_xticks(range(wide.shape[1]), [_short(name, 18) for name in wide.columns])
        axes.set_yticks(range(len(wide)), [_short(name, 40) for name in wide.index])
        axes.xaxis.tick_top()
        axes.xaxis.set_label_position("top")
        axes.set_xlabel(f"{row} (hàng), {column} (cột)", loc="left", labelpad=8)
        _hide(axes, "left", "bottom", "top", "right")
        for at_row, amounts in enumerate(wide.to_numpy()):
            for at_column, amount in enumerate(amounts):
                if amount:
                    colour = "white" if amount**0.5 > 0.7 * top**0.5 else INK
                    axes.text(at_column, at_row, written(amount), ha="center", va="center", color=colour)
    named = frame.assign(**{row: [f"{one} × {other}" for one, other in zip(frame[row], frame[column], strict=True)]})
    return Chart(figure, _words(title, named, row, value))


def cascade(frame: pd.DataFrame, title: str, *, most_names: int = 60) -> Chart:
    """The macro `cascade`: every document at its day in the band of its level, a line from the one that told it."""
    dated = frame[frame["issued_date"].notna()].copy()
    if dated.empty:
        return _nothing(title)
    dated["level"] = dated["level"].where(dated["level"].isin(LEVELS), UNKNOWN_LEVEL)
    bands = [level for level in (*LEVELS, UNKNOWN_LEVEL) if (dated["level"] == level).any()]
    rows: dict[str, list[float]] = {level: [] for level in bands}
    places: dict[str, tuple[Any, float]] = {}
    named = len(dated) <= most_names
    counts = {level: int((dated["level"] == level).sum()) for level in bands}
    depth = {level: counts[level] if named else min(8, counts[level]) for level in bands}
    tops, height = {}, 0.0
    for level in bands:
        tops[level] = height
        height += depth[level] * 0.34 + 0.55
    for document in dated.sort_values("issued_date").itertuples():
        band = rows[document.level]
        line = len(band) % depth[document.level]
        band.append(line)
        places[document.instrument_id] = (document.issued_date, tops[document.level] + 0.45 + 0.34 * line)
    with _axes(max(2.2, 0.62 * height + 0.8), title) as (figure, axes):
        for document in dated.itertuples():
            if document.told_by_instrument_id in places:
                (x0, y0), (x1, y1) = places[document.told_by_instrument_id], places[document.instrument_id]
                axes.plot([x0, x0, x1], [y0, y1, y1], color=PALE, linewidth=0.9, zorder=1)
        for document in dated.itertuples():
            x, y = places[document.instrument_id]
            axes.plot([x], [y], "o", color=LEVEL_COLOURS[document.level], markersize=6, zorder=3)
            if named:
                name = (
                    document.ref
                    if document.step == 0
                    else _short(document.unit, 200).replace("Ủy ban nhân dân", "UBND")
                )
                days = written(document.days_from_start)
                axes.annotate(
                    f"{_short(name, 44)}{f' · {days} ngày' if document.step and days else ''}",
                    (x, y), xytext=(6, 0), textcoords="offset points", va="center", fontsize=7.5,
                )  # fmt: skip
        for level in bands:
            axes.axhline(tops[level], color=LINE, linewidth=0.6, zorder=0)
            axes.text(0, tops[level] + 0.06, level, transform=axes.get_yaxis_transform(), va="top", fontsize=9,
                      fontweight="bold", color=LEVEL_COLOURS[level])  # fmt: skip
        axes.set_ylim(height, -0.1)
        axes.set_yticks([])
        _hide(axes, "left")
        _day_axis(axes)
        low, high = axes.get_xlim()
        axes.set_xlim(low - 0.14 * (high - low), high + 0.12 * (high - low))
    undated = len(frame) - len(dated)
    if undated:
        axes.set_xlabel(f"{undated} văn bản không rõ ngày, không có trong hình", loc="left")
    return Chart(figure, _words(title, dated, "ref", "days_from_start"))


def day_lanes(frame: pd.DataFrame, title: str, *, today: date, most: int = 20) -> Chart:
    """One line a label with a mark at every day (label, day, whether it has passed), an upright line at `today`."""
    if frame.empty:
        return _nothing(title)
    label, day, late = frame
    names = list(dict.fromkeys(frame[label]))[:most]
    with _axes(_ROW * max(len(names), 1) + 1.0, title) as (figure, axes):
        for place, name in enumerate(names):
            own = frame[frame[label] == name]
            axes.plot([own[day].min(), own[day].max()], [place, place], color=LINE, linewidth=1, zorder=1)
            for is_late, colour, mark in ((False, BLUE, "o"), (True, ORANGE, "D")):
                some = own[own[late] == is_late]
                axes.plot(some[day], [place] * len(some), mark, color=colour, markersize=5.5, zorder=3)
        axes.axvline(date2num(today), color=INK, linewidth=1, zorder=2)
        axes.annotate(f"ngày {today:%d/%m/%Y}", (today, -0.8), ha="center", va="bottom", annotation_clip=False)
        axes.set_ylim(len(names) - 0.4, -0.7)
        axes.set_yticks(range(len(names)), [_short(name, 46) for name in names])
        _hide(axes, "left")
        _day_axis(axes)
        axes.set_title(title, pad=24)
    return Chart(figure, _words(title, frame, label, day))


def beside_peers(frame: pd.DataFrame, title: str, *, name: str) -> Chart:
    """One line a measure, from its least to its greatest (whether it is the unit's own, measure, value).

    Grey marks are the peers, the blue one is the unit `name`.
    """
    if frame.empty:
        return _nothing(title)
    own, measure, value = frame
    measures = list(dict.fromkeys(frame[measure]))
    with _axes(0.55 * max(len(measures), 1) + 0.9, title) as (figure, axes):
        for place, one in enumerate(measures):
            values = frame[(frame[measure] == one) & frame[value].notna()]
            low, high = float(values[value].min()), float(values[value].max())
            # Where all are alike, the one value stands in the middle.
            places = 0.5 + 0.0 * values[value] if low == high else (values[value] - low) / (high - low)
            axes.plot([0, 1], [place, place], color=LINE, linewidth=1, zorder=1)
            others = places[~values[own]]
            axes.plot(others, [place] * len(others), "o", color="#8a949e", alpha=0.6, markersize=6)
            for at, amount in zip(places[values[own]], values.loc[values[own], value], strict=True):
                axes.plot([at], [place], "o", color=BLUE, markersize=9, zorder=3)
                axes.annotate(
                    written(amount), (at, place), xytext=(0, 8), textcoords="offset points", ha="center", color=BLUE,
                    fontweight="bold",
                )  # fmt: skip
            if low < high:
                axes.text(-0.02, place, written(low), ha="right", va="center", color=QUIET, fontsize=8)
                axes.text(1.02, place, written(high), ha="left", va="center", color=QUIET, fontsize=8)
        axes.set_yticks(range(len(measures)), measures)
        axes.tick_params(axis="y", pad=38)
        axes.set_ylim(len(measures) - 0.5, -0.7)
        axes.set_xlim(-0.03, 1.1)
        axes.set_xticks([])
        _hide(axes, "left", "bottom")
        axes.set_title(title, pad=24)
        axes.text(0, 1.0, f"● {name}", transform=axes.transAxes, color=BLUE, fontweight="bold", va="bottom")
        axes.text(
            1, 1.0, "● các đơn vị cùng loại, cùng cấp", transform=axes.transAxes, color=QUIET, va="bottom", ha="right"
        )
    return Chart(figure, _words(title, frame, measure, value))


def _nothing(title: str) -> Chart:
    """What stands in place of a chart of no rows."""
    with _axes(0.7, title) as (figure, axes):
        axes.set_axis_off()
        axes.text(0, 0.5, "Chưa có số liệu để vẽ.", color=QUIET, va="center", transform=axes.transAxes)
    return Chart(figure, f"{title}\nChưa có số liệu để vẽ.")


@contextmanager
def _axes(height: float, title: str) -> Iterator[tuple[Figure, Axes]]:
    """A figure in the house style, drawn without pyplot so that nothing stays open behind it."""
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(_WIDTH, height), dpi=_DPI, layout="constrained")
        axes = figure.add_subplot()
        axes.set_title(title)
        yield figure, axes


def _day_axis(axes: Axes) -> None:
    locator = AutoDateLocator(minticks=4, maxticks=7)
    formatter = AutoDateFormatter(locator, defaultfmt="%d/%m/%Y")
    formatter.scaled = {365.0: "%Y", 30.0: "%m/%Y", 1.0: "%d/%m/%Y"}
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(formatter)


def _hide(axes: Axes, *sides: str, keep: str = "") -> None:
    for side in sides:
        axes.spines[side].set_visible(False)
    if keep:
        axes.spines[keep].set_visible(True)


def _note(axes: Axes, left: int) -> None:
    if left > 0:
        axes.set_xlabel(f"… và {written(left)} dòng nữa", loc="left")


def _short(words: object, letters: int) -> str:
    text = written(words) or "(không rõ)"
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"


def _words(title: str, frame: pd.DataFrame, label: str, value: str) -> str:
    """The chart in words, for programs that show no pictures."""
    lines = [f"{written(name)}: {written(amount)}" for name, amount in zip(frame[label], frame[value], strict=True)]
    return "\n".join([title, *lines])
