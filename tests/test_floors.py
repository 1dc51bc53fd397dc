"""The architecture is held: imports go down only, peers are blind to one another, no cycles."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Longest prefix wins. Modules of one group may import one another; groups of one floor may not.
FLOORS = {
    "accounts": 0,
    "tracker.exact": 1,
    "tracker.language": 1,
    "tracker.documents": 1,
    "tracker.workbooks": 1,
    "tracker.workdays": 1,
    "tracker.workflow": 1,
    "tracker.receipts": 1,
    "tracker.jobs": 1,
    "tracker.notices": 1.5,
    "tracker.catalogue": 2,
    "tracker.ledger": 3,
    "tracker.submissions": 4,
    "tracker.review": 5,
    "tracker.releases": 5,
    "tracker.tasks": 6,
    "tracker.web": 7,
    "tracker.api": 7,
    "tracker.management": 7,
    "tracker.demo": 7,
    "tracker.templatetags": 7,
    "tracker": 8,
    "tracker.settings": 8,
    "tracker.urls": 8,
    "tracker.celery": 8,
    "tracker.wsgi": 8,
    "tracker.asgi": 8,
    "tracker.checks": 8,
    "tracker.apps": 8,
    "tracker.acts": 8,
    "tracker.models": 8,
}
# Every member of these groups of wiring is only ever loaded by name.
NEVER_IMPORTED = {"tracker.models"}
# Doors and the commands that start other doors may see their own floor.
SAME_FLOOR = {
    ("tracker.web", "tracker.templatetags"),
    ("tracker.management", "tracker.web"),
    ("tracker.management", "tracker.demo"),
}


def group_of(module: str) -> str | None:
    """The longest prefix of `module` that the table names; None when no floor names it."""
    parts = module.split(".")
    for size in range(len(parts), 0, -1):
        prefix = ".".join(parts[:size])
        if prefix in FLOORS and (size > 1 or prefix == "accounts" or len(parts) == 1):
            return prefix
    return None


def sources(root: Path = ROOT) -> dict[str, Path]:
    """Module name -> file, of both apps, migrations apart."""
    files = [*root.glob("accounts/**/*.py"), *root.glob("tracker/**/*.py")]
    return {
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path
        for path in files
        if "migrations" not in path.parts
    }


def imports_of(module: str, path: Path, known: set[str]) -> set[str]:
    """Every module of ours that the file imports, inside functions too."""
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, base]).strip(".")
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                found.add(inner if inner in known else base)
    return {name for name in found if name in known and name != module}


@pytest.fixture(scope="module")
def graph() -> dict[str, set[str]]:
    files = sources()
    return {name: imports_of(name, path, set(files)) for name, path in files.items()}


def broken_rules(graph: dict[str, set[str]]) -> list[str]:
    """What the imports do that the floors forbid, in words."""
    wrong = []
    for module, targets in graph.items():
        own = group_of(module)
        for target in targets:
            other = group_of(target)
            if own is None or other is None or own == other:
                continue
            if target in NEVER_IMPORTED:
                wrong.append(f"{module} imports the index {target}")
            elif (
                FLOORS[other] >= FLOORS[own] and FLOORS[own] < 8 and (own, other) not in SAME_FLOOR
            ):
                wrong.append(f"{module} (floor {FLOORS[own]}) imports {target} ({FLOORS[other]})")
    return sorted(wrong)


def cycle_in(graph: dict[str, set[str]]) -> list[str]:
    """One import cycle as a list of modules; empty when there is none."""
    done, path = set(), []

    def visit(module: str) -> list[str]:
        if module in path:
            return [*path[path.index(module) :], module]
        if module in done:
            return []
        path.append(module)
        for target in sorted(graph[module]):
            if found := visit(target):
                return found
        path.pop()
        done.add(module)
        return []

    return next((found for module in sorted(graph) if (found := visit(module))), [])


def test_every_module_stands_on_a_floor(graph):
    assert [module for module in sorted(graph) if group_of(module) is None] == []


def test_imports_go_down_only_and_peers_are_blind(graph):
    assert broken_rules(graph) == []


def test_there_is_no_import_cycle(graph):
    assert cycle_in(graph) == []


def test_a_planted_upward_import_is_found(graph):
    planted = {
        **graph,
        "tracker.ledger.models": graph["tracker.ledger.models"] | {"tracker.review.models"},
    }
    assert broken_rules(planted) == [
        "tracker.ledger.models (floor 3) imports tracker.review.models (5)"
    ]


def test_a_planted_peer_import_and_the_index_are_found(graph):
    planted = {
        **graph,
        "tracker.review.models": {"tracker.releases.models"},
        "tracker.ledger.models": {"tracker.models"},
    }
    assert broken_rules(planted) == [
        "tracker.ledger.models imports the index tracker.models",
        "tracker.review.models (floor 5) imports tracker.releases.models (5)",
    ]


def test_a_planted_cycle_is_found():
    assert cycle_in({"a": {"b"}, "b": {"c"}, "c": {"a"}}) == ["a", "b", "c", "a"]


def test_an_import_inside_a_function_counts(tmp_path):
    file = tmp_path / "late.py"
    file.write_text("def late():\n    from tracker.review import models\n    return models\n")
    known = {"tracker.review", "tracker.review.models"}
    assert imports_of("tracker.late", file, known) == {"tracker.review.models"}
