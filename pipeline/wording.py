"""What kinds, fields, outcomes, rules and durations are called where officers read them."""

from __future__ import annotations

import re

KIND_NAMES = {
    "header": "Thông tin văn bản",
    "sections": "Bố cục (chương, mục, điều …)",
    "citations": "Viện dẫn văn bản",
    "deadlines": "Thời hạn",
    "signatories": "Người ký",
    "recipients": "Nơi nhận, kính gửi",
}
GROUP_NAMES = {
    "all": "Tất cả",
    "born_digital": "Văn bản điện tử",
    "scanned": "Bản quét",
    "mixed": "Vừa điện tử vừa quét",
    "absent": "Không có trong kho",
}
DEADLINE_KIND_NAMES = {
    "date": "ngày",
    "period": "khoảng thời gian",
    "recurring": "định kỳ",
    "relative": "tính từ một mốc",
}
MATCH_NAMES = {"exact": "sai trường", "relaxed": "gần đúng", "missed": "bỏ sót", "extra": "thừa"}
FIELD_NAMES = {
    "doc_type": "tên loại",
    "number": "số",
    "symbol": "ký hiệu",
    "issued_year": "năm ban hành",
    "issued_month": "tháng ban hành",
    "issued_day": "ngày ban hành",
    "place": "địa danh",
    "issuer": "cơ quan ban hành",
    "issuer_parent": "cơ quan chủ quản",
    "subject": "trích yếu",
    "level": "cấp",
    "role": "vai trò",
    "instrument_type": "loại văn bản",
    "date": "ngày",
    "relation": "quan hệ",
    "pinpoint": "điểm, khoản, điều",
    "kind": "dạng",
    "quote": "nguyên văn",
    "title": "tên văn bản",
    "qualifier": "từ chỉ hạn",
    "recurrence": "chu kỳ",
    "responsible": "đơn vị thực hiện",
    "report_to": "báo cáo cho",
    "due_date": "hạn chót",
    "duration": "khoảng thời gian",
    "position": "chức vụ",
    "authority": "quyền hạn ký",
    "on_behalf_of": "ký thay",
    "honorific": "học hàm, học vị, quân hàm",
    "name": "tên",
    "purpose": "mục đích gửi",
    "refers_to_addressees": "như trên",
}


def field_name(name: str) -> str:
    """The field as officers call it."""
    return FIELD_NAMES.get(name, name)


_DURATION = re.compile(r"P(T?)(\d+)([YMWDH])")
_UNITS = {"Y": "năm", "M": "tháng", "W": "tuần", "D": "ngày", "TH": "giờ", "TM": "phút"}
_EVERY = {"DAILY": "ngày", "WEEKLY": "tuần", "MONTHLY": "tháng", "YEARLY": "năm"}
_WEEKDAYS = {
    "MO": "thứ Hai", "TU": "thứ Ba", "WE": "thứ Tư", "TH": "thứ Năm", "FR": "thứ Sáu", "SA": "thứ Bảy",
    "SU": "Chủ nhật",
}  # fmt: skip


def duration_in_words(duration: str, *, working_days: bool = False) -> str:
    """An ISO 8601 duration of one unit as an officer says it; another form stays as it is.

    >>> duration_in_words("P5D", working_days=True)
    '5 ngày làm việc'
    """
    told = _DURATION.fullmatch(duration)
    unit = _UNITS.get(told[1] + told[3]) if told else None
    if told is None or unit is None:
        return duration
    return f"{int(told[2])} {unit}{' làm việc' if working_days else ''}"


def recurrence_in_words(rule: str) -> str:
    """A recurrence rule (RFC 5545) as an officer says it; one with parts that are not known here stays as it is.

    >>> recurrence_in_words("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25")
    'hằng quý, ngày 25'
    """
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    unit, count = _EVERY.get(parts.pop("FREQ", "")), parts.pop("INTERVAL", "1")
    month, day, weekday = (parts.pop(name, None) for name in ("BYMONTH", "BYMONTHDAY", "BYDAY"))
    if unit is None or parts or weekday not in (None, *_WEEKDAYS):
        return rule
    often = (
        "hằng quý" if (unit, count) == ("tháng", "3") else f"hằng {unit}" if count == "1" else f"{count} {unit} một lần"
    )
    on = _WEEKDAYS[weekday] if weekday else day and ("ngày cuối" if day == "-1" else f"ngày {day}")
    when = " ".join(filter(None, (on, month and f"tháng {month}")))
    return f"{often}, {when}" if when else often
