"""Documents a second that the sample generator writes, one format at a time.

python benchmarks/sample_speed.py [--documents 2000] [--formats txt,docx]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from pipeline.sample import write_sample


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--formats", default="txt,docx")
    arguments = parser.parse_args()
    for name in arguments.formats.split(","):
        with tempfile.TemporaryDirectory() as folder:
            begin = time.perf_counter()
            report = write_sample(Path(folder), arguments.documents, seed=1, formats=(name,))
            seconds = time.perf_counter() - begin
        sys.stdout.write(f"{name:6} {report.documents / seconds:8.0f} documents/s\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
