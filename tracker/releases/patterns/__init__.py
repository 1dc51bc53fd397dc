"""The small language in which sentences are described: it can only make document nodes.

    [截至{截至}，]{单位}<累计|共>资助{学生数}，发放资金{金额}[，同比{金额.同比}]。

{slot} brings a value with its unit; {slot.operation} something computed about it, with its own verb;
[...] is dropped when a slot inside is empty; <a|b> are variants. No loops, no attributes, no HTML; a
literal number is refused unless it stands in a protected name.
"""

from .own import Own
from .parsing import Pattern, PatternError, parse
from .rendering import Chooser, EmptySlot, render

__all__ = ["Chooser", "EmptySlot", "Own", "Pattern", "PatternError", "parse", "render"]
