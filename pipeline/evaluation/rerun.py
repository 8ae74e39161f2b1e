"""Runs the extractors found on the path over texts given on standard input; started by `revision`, never imported.

One JSON object a line comes in (`name`, `text`, `blocks`) and goes out (`name`, `header`, a list of rows a kind).
Only `extractors` is imported, so that another revision of it may be put on the path.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from extractors import document
from extractors.document import extract
from extractors.reading import Block, Reading

_KINDS = ("sections", "citations", "deadlines", "signatories", "recipients")


def rerun(line: str) -> str:
    """Extract one document."""
    told = json.loads(line)
    found = extract(Reading.of(told["text"], [_block(block) for block in told["blocks"]]))
    result: dict[str, Any] = {"name": told["name"], "header": asdict(found.header)}
    for kind in _KINDS:
        result[kind] = [asdict(record) for record in getattr(found, kind)]
    return json.dumps(result, ensure_ascii=False, default=str)


def _block(told: dict[str, Any]) -> Block:
    """A block with the fields that the revision on the path knows of."""
    known = {field.name: told[field.name] for field in fields(Block) if field.name in told}
    return Block(**{**known, "box": tuple(told["box"]) if told["box"] else None})


if __name__ == "__main__":
    if not Path(document.__file__).resolve().is_relative_to(Path.cwd()):
        sys.exit("no extractors in this revision")
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    for request in sys.stdin:
        sys.stdout.write(rerun(request) + "\n")
