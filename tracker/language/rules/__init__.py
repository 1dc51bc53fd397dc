"""Wording rules of official prose that need nothing but the text; each carries its examples and its source.

`check` is pure and linear; what needs the ledger, the roster or the document tree lives above.
"""

from collections.abc import Collection, Sequence
from datetime import date

from . import arithmetic, dates, numbers, punctuation, qualifiers, terms, units
from .rule import Finding, Rule, Severity

RULES: tuple[Rule, ...] = (
    *numbers.RULES,
    *qualifiers.RULES,
    *arithmetic.RULES,
    *dates.RULES,
    *units.RULES,
    *punctuation.RULES,
    *terms.RULES,
)

__all__ = ["RULES", "Finding", "Rule", "Severity", "check"]


def check(
    text: str,
    *,
    on: date | None = None,
    off: Collection[str] = (),
    also: Collection[str] = (),
    more: Sequence[Rule] = (),
) -> list[Finding]:
    """Everything that the rules find in `text`, in order of place.

    on: the date of the data, for terms with a date of validity (None: only terms that always hold).
    off: ids that this city has switched off. also: ids that are off by default and wanted here.
    more: rules of the city's own dictionaries.
    """
    wanted = [
        rule for rule in (*RULES, *more) if rule.id not in off and (rule.default or rule.id in also)
    ]
    found = [finding for rule in wanted if rule.valid(on) for finding in rule.apply(text)]
    return sorted(found, key=lambda finding: (finding.start, finding.end, finding.rule))
