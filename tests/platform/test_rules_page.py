"""docs/rules.md is what the tables of rules say."""

from pathlib import Path

from tracker.management.commands.rules import page

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_page_of_rules_is_what_the_tables_say():
    assert PAGE.read_text("utf-8") == page(), "manage.py rules > docs/rules.md"
