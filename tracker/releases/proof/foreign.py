"""Whether a sentence speaks of something else than the fact whose value one of its figures has."""

from tracker.language.nearness import Around, Names, pairs
from tracker.releases.proof.verdicts import Source
from tracker.releases.wording.verbs import VERBS

# What any sentence may hold: it tells neither for nor against a fact.
_FRAME = "全市 全县 全区 全省 累计 共计 总计 截至 年底 目前 期间 以来 近年 年来 今年 去年 本年 本月 同比 增长 下降 其中 达到 超过 分别 先后 直接"
_WORDS = (*VERBS, *_FRAME.split())
_JOINTS = frozenset(one[-1] + other[0] for one in _WORDS for other in _WORDS)
STOCK = frozenset().union(*map(pairs, _WORDS)) | _JOINTS
# Whatever is counted can be said with these; any other verb that is not the fact's own is another act.
_ANY = "发展 开展 举办 组织 投入 提供 帮助 争取 建设 增加 保障 享受 纳入 完善 惠及 受益 覆盖 服务 吸纳 带动 完成 新增 实现 支持 联系 动员 安排 落实 建立 就业"
ACTS = pairs(" ".join(VERBS)) - pairs(_ANY) - pairs(_FRAME)
_TELLING = 2  # pairs of characters that together name another thing


def stands_by_its_name(source: Source) -> bool:
    """What the ledger holds; what is computed, or stands in an approved text, is found by its own words."""
    return not source.op and source.passage_figure is None


def tells_another_act(source: Source, around: Around) -> bool:
    """The clause has a verb of its own, and it is not the fact's (帮扶困难职工, where 培训职工 was counted)."""
    acts, own = around.own & ACTS, pairs(source.name) & ACTS
    return bool(acts and own) and not acts & (own | pairs(source.programme))


def speaks_of_another(source: Source, around: Around, names: Names) -> bool:
    """An equal value is no source where nothing in the sentence names the fact and its clause names another thing or act."""
    sentence = around.tiers[0] | around.tiers[1] | around.tiers[2]
    if names.named_in(source.key, sentence, STOCK):
        return False
    other = around.own - pairs(source.programme)
    return bool(other & ACTS - pairs(source.name)) or len(other - STOCK) >= _TELLING
