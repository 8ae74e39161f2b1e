"""What kinds, fields and outcomes are called where officers read them."""

from __future__ import annotations

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
