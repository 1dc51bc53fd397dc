"""The same records and the same verdicts for programs, as JSON."""
