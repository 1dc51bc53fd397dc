"""A text compiled anew keeps the order of its words where it says the same: pure, no database.

The voice of a document varies as it goes along, so that one corrected figure may turn sentences around
that have nothing to do with it. Whoever read them before shall not have to read them again.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from tracker.documents.tree import Figure
from tracker.releases.drafting.aligning import pairs
from tracker.releases.drafting.page import Line, Page, Run

Figures = Mapping[str, Figure]
_AGAIN = re.compile(r"_\d+$")


def bare(key: str) -> str:
    """The key of a figure without the number of its mention."""
    return _AGAIN.sub("", key)


def steadied(old: Page, new: Page, before: Figures, after: Figures, swaps: Figures) -> Page:
    """`new` with the former order of words in each line that says what its former line said.

    `before` and `after` are the figures of both by key; `swaps` as for `renewed`.
    """
    lines = list(new)
    for i, j in pairs([line.text for line in old], [line.text for line in new]):
        if i is None or j is None or old[i].text == new[j].text or old[i].kind != new[j].kind:
            continue
        if _is_said(old[i], before, swaps) == _is_said(new[j], after, {}):
            lines[j] = replace(new[j], runs=_in_former_order(old[i], new[j], swaps))
    return tuple(lines)


def _is_said(line: Line, known: Figures, swaps: Figures) -> tuple:
    """What a line says whatever the order: its words, its figures by what they stand on, its approved words."""
    words, figures = Counter(), Counter()
    for run in line.runs:
        if run.passage:
            continue
        if run.figure:
            one = known.get(run.figure)
            key = swaps[run.figure].key if run.figure in swaps else run.figure
            figures[bare(key), one and one.value, one and one.qualifier, run.text] += 1
        else:
            words.update(run.text)
    return words, figures, Counter(_passages(line).values())


def _passages(line: Line) -> dict[str, str]:
    found: dict[str, str] = {}
    for run in line.runs:
        if run.passage:
            found[run.passage] = found.get(run.passage, "") + run.text
    return found


def _in_former_order(old: Line, new: Line, swaps: Figures) -> tuple[Run, ...]:
    """The former runs on the figures that stand now; approved words are those that stand now."""
    now = {text: key for key, text in _passages(new).items()}
    runs, told = [], set()
    for run in old.runs:
        if not run.passage:
            swap = swaps.get(run.figure)
            runs.append(replace(run, figure=swap.key) if swap else run)
        elif run.passage not in told:
            told.add(run.passage)
            key = now[_passages(old)[run.passage]]
            runs += [one for one in new.runs if one.passage == key]
    return tuple(runs)
