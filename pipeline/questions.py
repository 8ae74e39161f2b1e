"""The ten questions the warehouse is for: how they are asked in Vietnamese, and the SQL that answers them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `takes` names its parameters, those that it cannot do without first (`needs`).

    Parameters: ref, year, instrument_id (of ref and year), unit (a unit_id), since and until (days). `asked` has
    places for them; `headings` names the columns of the printed table.
    """

    asked: str
    sql: str
    headings: Mapping[str, str]
    nothing: str
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()

    @property
    def asked_in_general(self) -> str:
        """The question with blanks for its parameters."""
        asked = self.asked.format(ref="văn bản …", year="…", since="đầu", until="cuối tháng sau")
        return asked[0].upper() + asked[1:]

    @property
    def options(self) -> str:
        """The options of `vanban ask` that it takes, those that may be left out in brackets."""
        named = {"since": "[--on]", "until": ""}
        needed = (named.get(name, f"--{name}") for name in self.needs)
        return " ".join(filter(None, (*needed, *(f"[--{name}]" for name in self.may))))


QUESTIONS: Mapping[int, Question] = MappingProxyType(
    {
        1: Question(
            "Ai viện dẫn {ref}, theo cấp và tỉnh?",
            """SELECT level, province, count(*) AS n_documents, count(DISTINCT unit_id) AS n_units,
                min(issued_date) AS first_cited, max(issued_date) AS last_cited
            FROM citers($ref, $year) GROUP BY level, province ORDER BY level_rank(level), n_documents DESC, province""",
            {
                "level": "Cấp",
                "province": "Tỉnh, thành phố",
                "n_documents": "Số văn bản",
                "n_units": "Số đơn vị",
                "first_cited": "Sớm nhất",
                "last_cited": "Muộn nhất",
            },
            "Chưa có văn bản nào viện dẫn.",
            needs=("ref",),
            may=("year",),
        ),
        2: Question(
            "Nơi nhận nào của {ref} chưa ban hành văn bản thực hiện?",
            """SELECT unit, level, province, district, told_as, cited, unit_id
            FROM coverage($ref, $year) WHERE NOT answered ORDER BY level_rank(level), unit""",
            {"unit": "Đơn vị", "level": "Cấp", "province": "Tỉnh, thành phố", "told_as": "Được gửi"},
            "Không còn nơi nhận nào chưa thực hiện (hoặc văn bản không có trong kho).",
            needs=("ref",),
            may=("year",),
        ),
        3: Question(
            "Từ {since} đến {until}, việc gì đến hạn, của ai, báo cáo ai?",
            "SELECT * FROM deadlines_between($since, $until)",
            {
                "due_on": "Hạn",
                "who_must": "Ai làm",
                "what": "Việc phải làm",
                "report_to": "Báo cáo cho",
                "told_by": "Cơ quan giao",
                "ref": "Văn bản",
            },
            "Không có việc nào đến hạn.",
            needs=("since", "until"),
        ),
        4: Question(
            "Ai ký thay người đứng đầu nhiều nhất?",
            "SELECT * FROM signing_for($unit, $year)",
            {
                "name": "Người ký",
                "position": "Chức vụ",
                "unit": "Đơn vị",
                "n_for_head": "Ký thay",
                "n_documents": "Tất cả",
                "last_signed": "Gần nhất",
            },
            "Không có văn bản nào ký thay.",
            may=("unit", "year"),
        ),
        5: Question(
            "Từ tỉnh xuống trường (đơn vị sự nghiệp), {ref} đi mất bao nhiêu ngày?",
            """WITH steps AS (FROM cascade($ref, $year))
            SELECT below.unit, below.ref, below.issued_date, above.unit AS province_unit, above.ref AS province_ref,
                above.issued_date AS province_date, below.issued_date - above.issued_date AS days,
                below.days_from_start
            FROM steps AS below
            LEFT JOIN steps AS above
                ON above.root_id = below.root_id AND above.level = 'tỉnh'
                AND list_contains(below.path, above.instrument_id)
            WHERE below.level = 'đơn vị sự nghiệp'
            ORDER BY days, below.days_from_start, below.unit""",
            {
                "unit": "Đơn vị",
                "ref": "Văn bản",
                "issued_date": "Ngày",
                "province_unit": "Cấp tỉnh",
                "province_date": "Ngày của tỉnh",
                "days": "Số ngày từ tỉnh",
                "days_from_start": "Từ đầu",
            },
            "Chưa có đơn vị sự nghiệp nào triển khai.",
            needs=("ref",),
            may=("year",),
        ),
        6: Question(
            "Năm {year}, văn bản nào được viện dẫn sau khi đã bị thay thế?",
            "SELECT * FROM cited_after_replaced($year)",
            {
                "cited": "Văn bản đã hết hiệu lực",
                "replaced_by": "Bị thay bởi",
                "replaced_on": "Từ ngày",
                "ref": "Được viện dẫn tại",
                "issuer": "Cơ quan ban hành",
                "issued_date": "Ngày",
                "days_after": "Số ngày sau",
            },
            "Không có văn bản nào.",
            needs=("year",),
        ),
        7: Question(
            "Dãy số của đơn vị thiếu những số nào?",
            "SELECT * FROM series_gaps($unit, $year)",
            {
                "unit": "Đơn vị",
                "year": "Năm",
                "doc_type": "Loại văn bản",
                "gap_from": "Thiếu từ số",
                "gap_to": "đến số",
                "n_missing": "Số văn bản thiếu",
                "next_known": "Số có tiếp theo",
            },
            "Không thiếu số nào.",
            may=("unit", "year"),
        ),
        8: Question(
            "Các văn bản ghi khác nhau về ngày hoặc cơ quan ban hành của văn bản nào?",
            "SELECT * FROM disagreements()",
            {
                "cited": "Văn bản",
                "about": "Khác nhau về",
                "said": "Ghi là",
                "n_documents": "Số văn bản ghi",
                "is_settled": "Kho lấy giá trị này",
            },
            "Không có chỗ nào mâu thuẫn.",
        ),
        9: Question(
            "Đơn vị viện dẫn những gì mà đơn vị cùng loại không viện dẫn?",
            "SELECT * FROM unlike_peers($unit) WHERE n_peers_citing = 0",
            {
                "cited": "Văn bản",
                "cited_type": "Loại",
                "title": "Trích yếu",
                "issuer": "Cơ quan ban hành",
                "n_documents": "Số lần viện dẫn",
                "n_peers": "Số đơn vị cùng loại",
            },
            "Không có gì khác các đơn vị cùng loại.",
            needs=("unit",),
        ),
        10: Question(
            "{ref} được nhắc đến ở trang nào, dòng nào?",
            "SELECT * FROM where_said($instrument_id)",
            {
                "ref": "Văn bản",
                "source_path": "Tệp",
                "page_no": "Trang",
                "line_no": "Dòng",
                "relation": "Quan hệ",
                "line": "Nguyên văn",
            },
            "Không có chỗ nào nhắc đến.",
            needs=("ref",),
            may=("year",),
        ),
    }
)


def month_after(day: date) -> tuple[date, date]:
    """First and last day of the month after the one `day` lies in."""
    first = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
