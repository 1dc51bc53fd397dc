"""成句写法: the one clause in which an indicator's figure is said; what may stand in it, and whether the
proof finds the indicator from its words."""

import re
from collections.abc import Sequence
from decimal import Decimal

from accounts.rules import Refused
from tracker.language.anchoring import Candidate, Facts, anchor
from tracker.language.figures import recognise
from tracker.language.guard import stray_numbers
from tracker.language.units import normal_unit

from .dictionary import names_kept_whole
from .models import Indicator

SLOT = "{数}"
_ENDS = re.compile(r"[。；;！!？?，,：:\n]")
_CHINESE = re.compile(r"[一-龥]")
_TRIED = {"%": "12.5", "‰": "2.5"}
FEWEST = 3  # Chinese characters that tell what is counted


class WrongClause(Refused):
    """What is wrong in a clause, for whoever wrote it."""


def parts(clause: str) -> tuple[str, str]:
    """What stands before the number and behind it."""
    before, _, after = clause.partition(SLOT)
    return before, after


def name_in(clause: str) -> str:
    """The clause's words without its number: another name of the indicator."""
    return " ".join(filter(None, parts(clause)))


def checked(indicator: Indicator) -> str:
    """The indicator's clause as it is kept; WrongClause with what is wrong in it.

    One `{数}`, no number, no mark that ends a clause, the figure read back as itself, and none of its
    programme's other indicators meant as well as this one.
    """
    clause = indicator.clause.strip()
    if clause:
        _refuse_form(clause, _protected(indicator))
        _refuse_misread(clause, indicator)
        _refuse_unclear(clause, indicator)
    return clause


def _refuse_form(clause: str, protected: Sequence[str]) -> None:
    if clause.count(SLOT) != 1:
        raise WrongClause(f"成句写法要有一个“{SLOT}”，表示数写在哪里，如：培训农民工{SLOT}。")
    words = clause.replace(SLOT, "")
    if found := re.search(r"[{}\[\]<>|]", words):
        raise WrongClause(f"成句写法里多了“{found[0]}”：只用一个“{SLOT}”，其余照写。")
    if found := _ENDS.search(words):
        raise WrongClause(f"成句写法是一个分句，中间和末尾都不加“{found[0].strip() or '换行'}”。")
    if stray := stray_numbers(words, protected):
        raise WrongClause(f"成句写法里不能写数字“{stray[0].raw}”，数由“{SLOT}”带出。")
    if len(_CHINESE.findall(words)) < FEWEST:
        raise WrongClause("成句写法太短，看不出数的是什么，请把名称写进去。")


def _protected(indicator: Indicator) -> tuple[str, ...]:
    own = filter(None, (indicator.programme.protected_name, indicator.programme.name))
    return (*own, *names_kept_whole())


def _value(unit: str) -> str:
    return _TRIED.get(unit, "3221")


def _tried(clause: str, unit: str) -> str:
    return clause.replace(SLOT, f"{_value(unit)}{unit}")


def _refuse_misread(clause: str, indicator: Indicator) -> None:
    unit = indicator.unit.name
    found = recognise(_tried(clause, unit), _protected(indicator)).figures
    wanted = (Decimal(_value(unit)), normal_unit(unit), "")
    if [(one.value, normal_unit(one.unit), one.qualifier) for one in found] != [wanted]:
        raise WrongClause("数写在这里会被读成另一个数，请改前后的字；约、近、超、余由数据自己带。")


def _refuse_unclear(clause: str, indicator: Indicator) -> None:
    """The proof tells a figure by the words around it: they have to mean this indicator alone."""
    unit = indicator.unit.name
    value = Decimal(_value(unit))
    siblings = indicator.programme.indicators.filter(active=True, unit=indicator.unit)
    others = list(siblings.exclude(pk=indicator.pk))
    known = [_candidate(one, value, unit, one.clause) for one in (*others, indicator)]
    text = f"{_tried(clause, unit)}。"
    found = anchor(text, recognise(text, _protected(indicator)).figures, Facts(known))
    if len(found) != 1 or found[0].rivals or found[0].candidate.name != indicator.label:
        rival = next((o.label for o in others if found and o.label in _meant(found[0])), "")
        also = f"还是“{rival}”" if rival else ""
        raise WrongClause(f"这样写，校验时分不清说的是“{indicator.label}”{also}，请把名称写进去。")


def _candidate(one: Indicator, value: Decimal, unit: str, clause: str) -> Candidate:
    names = (*map(str, one.aliases), *filter(None, (name_in(clause),)))
    return Candidate(one.code, value, unit, one.label, one.programme.name, names)


def _meant(found) -> set[str]:
    chosen = (found.candidate,) if found.candidate else ()
    return {one.name for one in (*chosen, *found.rivals)}
