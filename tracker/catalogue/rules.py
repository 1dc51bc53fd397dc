"""Who keeps the catalogue: the reviewers of a lead office."""

from accounts.models import Agency, Region, User
from accounts.rules import ALLOWED, Verdict, refused

from .models import City, Cycle, Duty, Indicator, Round

KEEPERS = "只有牵头单位的主管可以维护指标目录和填报周期。"


def may_keep_catalogue(user: User) -> Verdict:
    """Lines, programmes, indicators, units, targets and workbooks of them."""
    return ALLOWED if user.reach.leads("reviewer") else refused(KEEPERS)


def may_keep_cycles_in(user: User, region: Region) -> Verdict:
    return ALLOWED if user.reach.leads_region(region, "reviewer") else refused(KEEPERS)


def may_keep_cycle(user: User, cycle: Cycle) -> Verdict:
    return may_keep_cycles_in(user, cycle.region)


def may_keep_words(user: User, region: Region) -> Verdict:
    """Dictionaries of documents: those who compile them."""
    if user.reach.leads_region(region, "reviewer", "editor"):
        return ALLOWED
    return refused("只有牵头单位的主管和编辑可以维护词典。")


def may_set_target(user: User, region: Region) -> Verdict:
    if user.reach.leads_region(region, "reviewer"):
        return ALLOWED
    return refused(f"只有{region}的牵头单位主管可以下达这里的目标。")


def may_extend(user: User, round: Round) -> Verdict:
    """A later deadline for one agency, or late filing for all."""
    if round.state == Round.State.UPCOMING:
        return refused("本期填报尚未开放，不需要延期。")
    if round.state == Round.State.WITHDRAWN:
        return refused("任务已撤回，不能延期。")
    return may_keep_cycle(user, round.cycle)


def may_set_city(user: User, city: City) -> Verdict:
    """What holds for the whole city that the installation serves."""
    if user.reach.leads_region(city.region, "reviewer"):
        return ALLOWED
    return refused(f"只有{city.region}的牵头单位主管可以设置。")


def may_retire_indicator(user: User, indicator: Indicator) -> Verdict:
    if not indicator.active:
        return refused(f"指标“{indicator}”已经停用。")
    return may_keep_catalogue(user)


def may_assign(user: User, cycle: Cycle, agency: Agency) -> Verdict:
    """Give an agency the duty to file in a cycle."""
    if not agency.active:
        return refused(f"{agency}已停用，不能承担填报任务。")
    if not cycle.region.contains(agency.region):
        return refused(f"{agency}不在{cycle.region}范围内，不能承担这项填报任务。")
    return may_keep_cycle(user, cycle)


def may_release_duty(user: User, duty: Duty) -> Verdict:
    if not duty.active:
        return refused(f"{duty.agency}在本周期的填报任务已经解除。")
    return may_keep_cycle(user, duty.cycle)
