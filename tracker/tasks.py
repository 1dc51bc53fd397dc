"""The clock's table: each kind of job and the verb that does it."""

import datetime
from collections.abc import Callable

from celery import shared_task
from django.utils import timezone

from tracker.catalogue.models import Round
from tracker.catalogue.rounds import PREPARE, open_due_rounds
from tracker.jobs import health, runner, schedules
from tracker.jobs.models import Job
from tracker.notices import outgoing, sending
from tracker.notices.models import Channel
from tracker.receipts import services as receipts
from tracker.releases.alarm.finding import find_affected
from tracker.releases.chain.reminding import remind_countersigns
from tracker.releases.mailing import SEND as MAIL
from tracker.releases.mailing import send_releases
from tracker.releases.models import Polish
from tracker.releases.plans import compile_if_complete, compile_plan
from tracker.releases.polish.services import POLISH, carry_out
from tracker.releases.supplying import settle_filed
from tracker.submissions.chasing.climbing import climb
from tracker.submissions.reminding import open_submissions
from tracker.workbooks import uploads

RECEIPTS_KEPT = datetime.timedelta(days=7)
UPLOADS_KEPT = datetime.timedelta(days=30)


def ping(job: Job) -> None:
    """Having come here is the answer."""


def tidy_jobs(job: Job) -> None:
    """What nobody needs any more: settled jobs, receipts of forms, uploads never confirmed."""
    now = timezone.now()
    health.tidy(now)
    receipts.forget(now - RECEIPTS_KEPT)
    uploads.forget(now - UPLOADS_KEPT)


def open_rounds(job: Job) -> None:
    open_due_rounds(timezone.now())


def prepare_submissions(job: Job) -> None:
    open_submissions(Round.objects.select_related("cycle", "span").get(pk=job.payload["round"]))


def remind(job: Job) -> None:
    climb(timezone.now())


def chase_releases(job: Job) -> None:
    """What drafts wait for: countersigning past its time, and figures that were asked for."""
    remind_countersigns(timezone.now())
    settle_filed()


def send_notices(job: Job) -> None:
    sending.send_waiting(Channel.objects.get(pk=job.payload["channel"]), timezone.now())


def polish(job: Job) -> None:
    carry_out(Polish.objects.select_related("version__release").get(pk=job.payload["polish"]))


HANDLERS: dict[str, Callable[[Job], None]] = {
    health.PING: ping,
    "tidy-jobs": tidy_jobs,
    "open-rounds": open_rounds,
    PREPARE: prepare_submissions,
    "remind-due": remind,
    "chase-releases": chase_releases,
    outgoing.SEND: send_notices,
    "compile-if-complete": compile_if_complete,
    "compile-plan": compile_plan,
    MAIL: send_releases,
    "find-affected": find_affected,
    POLISH: polish,
}

# What an administrator reads: the name of the work, and what it is for.
NAMES: dict[str, str] = {
    health.PING: "系统自检",
    "tidy-jobs": "清理记录",
    "open-rounds": "开放和关闭期次",
    PREPARE: "下发填报表",
    "remind-due": "截止前提醒",
    "chase-releases": "催办会签和补报",
    outgoing.SEND: "发送邮件和群消息",
    "compile-if-complete": "报齐后汇编",
    "compile-plan": "按计划汇编",
    MAIL: "把文稿发给送阅人",
    "find-affected": "查找受影响的文稿",
    POLISH: "润色文稿",
}
PURPOSES: dict[str, str] = {
    health.PING: "每分钟让一项空任务走完全程，监控据此判断后台是否正常。停用后监控会报警。",
    "tidy-jobs": "清除三十天前的任务记录、七天前的表单回执和三十天前上传的工作簿。",
    "open-rounds": "到开放时间下发表单，过截止时间关闭。停用后不会再有新的期次。",
    PREPARE: "一期开放后给各单位准备表单并通知。",
    "remind-due": "工作日按催报步骤提醒还没有报送、退回未改的单位，逾期的再提醒审签人和上级。",
    "chase-releases": "工作日提醒逾期没有会签的单位；请补报的数核定入账后，告知提出的人。",
    outgoing.SEND: "把通知发到邮箱和工作群；发不出去的隔一段时间再发。",
    "compile-if-complete": "一期全部核定后，按汇编计划生成文稿。",
    "compile-plan": "到时间按汇编计划生成文稿。",
    MAIL: "把计划汇编的草稿或印发的文稿发到送阅人的邮箱；发送时再核对能不能看。",
    "find-affected": "数据被更正、停用或作废后，找出引用它的文稿并通知有关人员。",
    POLISH: "把文稿逐段交给润色服务（不含任何数字），合格的建议留给编辑取舍。",
}

# Name on the page, kind of job, and when at first (minute hour day month weekday).
SCHEDULES = [
    ("系统自检", health.PING, "* * * * *"),
    ("清理任务记录", "tidy-jobs", "30 3 * * *"),
    ("开放和关闭期次", "open-rounds", "*/5 * * * *"),
    ("查找受影响的文稿", "find-affected", "40 5 * * *"),
    ("截止前提醒", "remind-due", "0 9 * * *"),
    ("催办会签和补报", "chase-releases", "10 9 * * *"),
]


def install_schedules() -> None:
    """Make the schedules that are missing; those that exist stay as people have edited them."""
    for name, kind, at in SCHEDULES:
        schedules.install(name, kind, at)


@shared_task(name="tracker.tasks.run_job", ignore_result=True)
def run_job(pk: int) -> None:
    """What a wake-up through the broker begins."""
    runner.run(pk, HANDLERS)
