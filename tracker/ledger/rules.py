"""Who may import, confirm and strike what stands in the ledger."""

from accounts.models import Region, User
from accounts.rules import ALLOWED, Verdict, refused

from .models import Batch, Entry

KEEPERS = "只有牵头单位的主管可以导入和确认历史数据。"


def may_void(user: User, entry: Entry) -> Verdict:
    if user.reach.leads_region(entry.region, "reviewer"):
        return ALLOWED
    return refused("只有牵头单位的主管可以作废台账数据。")


def may_keep_ledger(user: User, region: Region) -> Verdict:
    """Freezes, and what explains a difference."""
    if user.reach.leads_region(region, "reviewer"):
        return ALLOWED
    return refused("只有牵头单位的主管可以办理。")


def may_stage(user: User) -> Verdict:
    return ALLOWED if user.reach.leads("reviewer") else refused(KEEPERS)


def may_decide(user: User, batch: Batch) -> Verdict:
    """A second person of the lead office confirms or rejects what the first one imported."""
    if batch.state != Batch.State.STAGED:
        return refused(f"这批数据“{batch.get_state_display()}”，不能再处理。")
    if batch.by_id == user.pk:
        return refused("导入人不能确认自己导入的数据，请由牵头单位的另一名主管确认。")
    if not (verdict := may_stage(user)):
        return verdict
    if not Batch.objects.visible_to(user).filter(pk=batch.pk).exists():
        return refused("这批数据由其他牵头单位导入，只能由该单位的另一名主管确认。")
    return ALLOWED
