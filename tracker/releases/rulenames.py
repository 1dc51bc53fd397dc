"""What people call the rules of the proof; the codes stay for those who keep the rules."""

_FAMILIES = {
    "N": "数字写法",
    "Q": "约数用词",
    "C": "数据关系",
    "D": "日期",
    "U": "单位",
    "A": "名称职务",
    "T": "规范用语",
    "P": "标点行文",
    "S": "统计范围",
    "Z": "固定提法",
}
_OWN = {
    "C07": "其中数大于总数",
    "C08": "分项与合计不等",
    "C16": "同一数据前后不一",
    "C17": "标题与正文不一",
    "C24": "方向相反",
    "N16": "疑似差万倍",
    "N17": "疑似数字颠倒",
    "U03": "人与人次混用",
    "T12": "个人信息",
    "T13": "不宜公开",
    "Z02": "姓名职务",
    "Z03": "敏感用语",
    "SLOT": "待补",
}


def rule_name(code: str) -> str:
    """其中数大于总数 for C07, the family's name for most."""
    return _OWN.get(code) or _FAMILIES.get(code[:1], "行文")
