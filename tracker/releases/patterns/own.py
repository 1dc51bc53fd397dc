"""A pattern of a city's own, as plain material: which version it is, and what its slots stand for."""

from dataclasses import dataclass

VALUE = "数"
#: What a sentence may say beside figures, by slot, with what the implementer is told about it.
SENTENCE_WORDS = {
    "截至": "截至的时间，如“2020年底”",
    "时段": "数据的时段，如“近年来”“2020年”",
    "单位": "填报单位的名称，首次用全称",
    "全域": "“全市”“全县”",
    "地区": "地区名称，如“济南市”",
    "项目": "项目名称",
}
CLAUSE_WORDS = {name: SENTENCE_WORDS[name] for name in ("全域", "地区")}
#: What is computed about a figure; those that turn up or down choose their own verb.
OPERATIONS = {
    "同比": "“增长12.5%”“下降3%”或“持平”，动词自带",
    "环比": "比上一期“增长8.4%”，动词自带",
    "占比": "占所属指标或分项所在合计的百分比，如“36.7%”",
    "完成": "完成年度目标的百分比",
    "目标": "年度目标",
    "超额": "超出年度目标的百分比，未超出则空",
    "序时": "“快于序时进度2.5个百分点”，动词自带",
    "限额": "控制数",
    "少": "比控制数少多少",
    "起点": "标准从何时的数提高，如“2016年”",
    "起值": "标准原来的数",
    "增幅": "标准比原来“增长25%”，动词自带",
}
WITH_THEIR_VERB = ("同比", "环比", "序时", "增幅")


@dataclass(frozen=True)
class Own:
    """Version `number` of a pattern; `names` are the slots that stand for an indicator, with its id.

    `members`: those of them that stand for one member of its breakdown, with the member.
    """

    id: int
    number: int
    source: str
    names: tuple[tuple[str, int], ...] = ()
    members: tuple[tuple[str, str], ...] = ()

    @property
    def indicators(self) -> frozenset[int]:
        """The indicators that it speaks of."""
        return frozenset(indicator for _, indicator in self.names)
