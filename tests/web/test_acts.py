"""Every act that the code records has a Chinese name on the audit page."""

import ast
from pathlib import Path

from django.urls import get_resolver

from accounts.acts import act_words

ROOT = Path(__file__).resolve().parents[2]


def recorded() -> set[str]:
    """The acts named where `record` is called, in both apps."""
    found = set()
    for path in [*ROOT.glob("accounts/**/*.py"), *ROOT.glob("tracker/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "record":
                found |= {
                    part.value
                    for argument in node.args[1:2]
                    for part in ast.walk(argument)
                    if isinstance(part, ast.Constant) and "." in str(part.value)
                }
    return {act for act in found if not act.endswith(".")}


def takes_post(view) -> bool:
    """Does a decorator of the view let POST through?"""
    while view is not None:
        cells = [cell.cell_contents for cell in view.__closure__ or ()]
        if any(isinstance(cell, list | tuple) and "POST" in cell for cell in cells):
            return True
        view = getattr(view, "__wrapped__", None)
    return False


def acting_pages() -> set[str]:
    """Names of the pages that take a POST: a refusal there is recorded under the page's name."""
    found, waiting = set(), [get_resolver()]
    while waiting:
        for pattern in waiting.pop().url_patterns:
            if hasattr(pattern, "url_patterns"):
                waiting.append(pattern)
            elif pattern.name and takes_post(pattern.callback):
                found.add(pattern.name)
    return found


def test_every_recorded_act_is_named_in_chinese():
    assert sorted(act for act in recorded() if act_words(act) == act) == []


def test_every_page_that_can_refuse_is_named_in_chinese():
    assert "submission-save" in acting_pages()
    assert sorted(name for name in acting_pages() if act_words(name) == name) == []
