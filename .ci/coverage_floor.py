"""Print how many lines the tests cover; fail below the goals (95 % in all, 90 % in each package)."""

import json
import sys
from collections import Counter
from pathlib import Path

ALL, EACH = 95, 90


def percentages(files: dict) -> dict[str, float]:
    """Package (the two first parts of the path) -> percentage of covered lines."""
    covered, lines = Counter(), Counter()
    for path, entry in files.items():
        parts = Path(path).parts
        packages = {"in all", "/".join(parts[: min(2, len(parts) - 1)])}
        for package in packages:
            covered[package] += entry["summary"]["covered_lines"]
            lines[package] += entry["summary"]["num_statements"]
    return {package: 100 * covered[package] / lines[package] for package in lines if lines[package]}


found = percentages(json.loads(Path(sys.argv[1]).read_text())["files"])
for package, percent in sorted(found.items()):
    sys.stdout.write(f"{package:<28}{percent:6.2f} %\n")
goals = {package: ALL if package == "in all" else EACH for package in found}
if low := [package for package in found if found[package] < goals[package]]:
    sys.exit(f"below its goal: {', '.join(sorted(low))}")
