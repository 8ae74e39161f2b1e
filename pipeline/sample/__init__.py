"""Sample documents written for the project, each with its exact answer key.

Invented units, people, numbers and sentences in the forms that Nghị định 30/2020/NĐ-CP and Hướng dẫn 36-HD/VPTW lay
down: for tests, for demonstrations, and for benchmarks at ten thousand documents and more.
"""

from __future__ import annotations

from pipeline.sample.cascades import write_cascades
from pipeline.sample.corpus import SampleReport, write_sample

__all__ = ["SampleReport", "write_cascades", "write_sample"]
