"""The library of the editor's page stands in the repository as it was built, with its licences."""

import json
from pathlib import Path

from django.conf import settings

TOOLS = Path(settings.BASE_DIR) / "tools" / "editor"
VENDOR = Path(settings.BASE_DIR) / "tracker" / "static" / "vendor" / "prosemirror"
WANTED = json.loads((TOOLS / "package.json").read_text())["dependencies"]


def test_every_part_is_named_with_its_version_and_licence():
    licences = (VENDOR / "LICENSE").read_text()
    assert [f"{name} {version}\n" in licences for name, version in WANTED.items()] == [True] * 7
    assert licences.count("Permission is hereby granted, free of charge") == licences.count(
        "\n----\n"
    )


def test_the_lock_fixes_every_part_and_names_no_address():
    text = (TOOLS / "package-lock.json").read_text()
    locked = json.loads(text)["packages"]
    assert {name: locked[f"node_modules/{name}"]["version"] for name in WANTED} == WANTED
    assert all("integrity" in one for path, one in locked.items() if path)
    assert "resolved" not in text


def test_the_bundle_needs_no_script_out_of_words():
    bundle = (VENDOR / "prosemirror.min.js").read_text(encoding="utf-8")
    assert [word for word in ("eval(", "new Function(", "sourceMappingURL") if word in bundle] == []
