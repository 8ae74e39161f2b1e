"""How much memory a worker may have, held by the kernel.

`RLIMIT_DATA` counts a process's own data, not its address space: libraries reserve far more addresses than they use (on
a scan, 693 MB of addresses to 366 MB of data), and the programs that are started map large files.
"""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_STATM = Path("/proc/self/statm")
_DATA_PAGES = 5


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
    has = int(_STATM.read_bytes().split()[_DATA_PAGES]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_DATA, (min(allowed, has + size), most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (allowed, most))
