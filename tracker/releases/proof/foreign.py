"""Whether a sentence speaks of something else than the fact whose value one of its figures has."""

from tracker.language.nearness import Around, Names, pairs
from tracker.releases.proof.verdicts import Source
from tracker.releases.wording.verbs import VERBS

# What any sentence may hold: it tells neither for nor against a fact.
_FRAME = "全市 全县 全区 全省 累计 共计 总计 截至 年底 目前 期间 以来 近年 年来 今年 去年 本年 本月 同比 增长 下降 其中 达到 超过 分别 先后 直接"
STOCK = frozenset().union(*(pairs(word) for word in (*VERBS, *_FRAME.split())))
_TELLING = 2  # pairs of characters that together name another thing


def speaks_of_another(source: Source, around: Around, names: Names) -> bool:
    """An equal value is no source where nothing in the sentence names the fact and its clause names another thing.

    Only for what the ledger holds: what is computed, or stands in an approved text, is found by its own words.
    """
    if source.op or source.passage_figure is not None:
        return False
    sentence = around.tiers[0] | around.tiers[1] | around.tiers[2]
    if names.named_in(source.key, sentence, STOCK):
        return False
    return len(around.own - STOCK - pairs(source.programme)) >= _TELLING
