"""The document's own fields while they are put together."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.records import Finding, Severity


@dataclass(slots=True)
class HeaderDraft:
    """The header while it is put together: fields, where they stand, what a clerk would point out."""

    fields: dict[str, object] = field(default_factory=dict)
    spans: list[tuple[str, int, int]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    doubts: float = 0.0

    def put(self, name: str, value: object, *spans: tuple[int, int]) -> None:
        """Set a field, with where it stands."""
        self.fields[name] = value
        self.spans += [(name, start, end) for start, end in spans]

    def remark(self, kind: str, severity: Severity, message: str, span: tuple[int, int] | None = None) -> None:
        """Point something out."""
        start, end = span or (None, None)
        self.findings.append(Finding(kind, severity, message, start, end))
