"""What the demo city compiles by itself."""

from accounts.models import Region, User
from tracker.catalogue.models import Cycle
from tracker.releases.models import ReleasePlan
from tracker.releases.planning import save_plan

PRESS = {
    "主题": "脱贫攻坚的生动实践",
    "场次": "2",
    "日期": "2021年4月16日 9:30",
    "地点": "市新闻发布厅",
    "主持人": "济南市工作成果发布办公室二级调研员　林晓岚",
}
BRIEF = {
    "主题": "困难职工帮扶工作",
    "刊名": "工作简报",
    "报": "市委、市政府领导",
    "送": "市直有关部门",
}


def plan_brief(cycle: Cycle, *, by: User) -> ReleasePlan:
    """A brief of each month, when all counties are approved."""
    return _save("每月帮扶简报", "brief", cycle, BRIEF, by)


def plan_conference(cycle: Cycle, *, by: User) -> ReleasePlan:
    """The material of the conference, when all four agencies are approved."""
    return _save("新闻发布会会前材料", "press_conference", cycle, PRESS, by)


def _save(name: str, genre: str, cycle: Cycle, settings: dict[str, str], by: User) -> ReleasePlan:
    plan = ReleasePlan(name=name, genre=genre, region=Region.objects.by_code("370100"), cycle=cycle)
    return save_plan(plan, cycle.lines.all(), settings, by=by)
