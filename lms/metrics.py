"""What this process counts since it started, for Prometheus (``GET /metrics``, loopback only).

A process of several counts for itself alone. Nothing here tells one person from another.
"""

import threading

HELP = {
    "tutela_requests_total": "Requests that were begun.",
    "tutela_retries_total": "Times a request was begun anew because it met another one.",
}


class Metrics:
    """Counters by name; many threads may count."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts = dict.fromkeys(HELP, 0)

    def count(self, name: str) -> None:
        with self._lock:
            self._counts[name] += 1

    def text(self) -> str:
        """Prometheus text exposition format 0.0.4."""
        lines = []
        for name, count in self._counts.items():
            lines += [f"# HELP {name} {HELP[name]}", f"# TYPE {name} counter", f"{name} {count}"]
        return "\n".join(lines) + "\n"
