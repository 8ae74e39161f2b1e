"""How much memory a worker may have, held by the kernel.

`RLIMIT_DATA` counts a process's own data, not its address space: libraries reserve far more addresses than they use (on
a scan, 693 MB of addresses to 366 MB of data), and the programs that are started map large files. What a large document
leaves free in a worker's heap is given back, since another process may need it.
"""

from __future__ import annotations

import ctypes
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_STATM = Path("/proc/self/statm")
_RESIDENT_PAGES = 1
_DATA_PAGES = 5
_MUCH = 150_000_000


def limit_memory(size: int) -> None:
    """Let this process, and each that it starts, have at most `size` bytes of memory of its own."""
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    allowed = size if most == resource.RLIM_INFINITY else min(size, most)
    resource.setrlimit(resource.RLIMIT_DATA, (allowed, most))


@contextmanager
def at_most(size: int) -> Iterator[None]:
    """Let the block take at most `size` bytes more than the process has now.

    Only where a limit is in force, that is in a worker: there a death costs one document. Elsewhere nothing happens.
    """
    allowed, most = resource.getrlimit(resource.RLIMIT_DATA)
    if allowed == resource.RLIM_INFINITY or not _STATM.exists():
        yield
        return
    has = _held(_DATA_PAGES)
    resource.setrlimit(resource.RLIMIT_DATA, (min(allowed, has + size), most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (allowed, most))


def give_back() -> None:
    """Return the free memory of this process's heap to the system when it holds much; only glibc can."""
    if not _STATM.exists() or _held(_RESIDENT_PAGES) < _MUCH:
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _held(pages: int) -> int:
    """Bytes of one count in /proc/self/statm."""
    return int(_STATM.read_bytes().split()[pages]) * resource.getpagesize()
