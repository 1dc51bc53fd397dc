"""What a child process that opens uploaded files may use; it calls `limit` before it reads."""

import logging

try:
    import resource
except ImportError:  # no Unix
    resource = None  # type: ignore[assignment]

MEMORY = 256 * 2**20
CPU_SECONDS = 20
OUTPUT_BYTES = 128 * 2**20


def limit() -> None:
    """Bound this process's memory, CPU time and the file that it writes; leave no core behind."""
    if resource is None:
        logging.getLogger(__name__).warning("no resource limits here: run on Linux in production")
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT_BYTES, OUTPUT_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
