"""What many tests read and none may change."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import small_warehouse

# Speed is measured by benchmarks: a slow or busy machine fails no test.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The warehouse of three invented documents (small_warehouse.py), with views and macros."""
    return small_warehouse.build_with_views(tmp_path_factory.mktemp("kho") / "vanban.duckdb")
