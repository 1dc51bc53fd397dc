"""The audit record: append-only, chained, one writer."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import appendonly, audit, triggers
from accounts.acts import ACTS, DATA, act_words, acts_named, data_words, name_acts
from accounts.models import AuditEntry, AuditHead

pytestmark = pytest.mark.django_db


def written(count):
    return [audit.record(None, "test.act", f"对象{number}", n=number) for number in range(count)]


def forge(seq, **changes):
    """What somebody with the database's own password could do."""
    with appendonly.lifted(connection):
        AuditEntry.objects.filter(seq=seq).update(**changes)


def remove(seq):
    with appendonly.lifted(connection):
        AuditEntry.objects.filter(seq=seq)._raw_delete("default")


def test_an_entry_says_who_did_what_to_what(li, union):
    entry = audit.record(li, "agency.rename", union, before="甲", after="乙")
    entry.refresh_from_db()
    assert (entry.actor, entry.actor_name, entry.act, entry.outcome) == (
        li,
        "李",
        "agency.rename",
        "done",
    )
    assert (entry.target_type, entry.target_id, entry.target_label) == (
        "accounts.agency",
        str(union.pk),
        "市总工会",
    )
    assert entry.data == {"before": "甲", "after": "乙"}


def test_nobody_stands_for_the_system_and_words_for_a_target():
    entry = audit.record(None, "round.open", "2020-12", outcome="failed")
    assert (entry.actor, entry.actor_name, entry.target_label, entry.outcome) == (
        None,
        "系统",
        "2020-12",
        "failed",
    )
    assert audit.record(None, "x", None).target_label == ""


def test_exact_numbers_and_days_are_kept_as_written():
    entry = audit.record(None, "x", None, amount=Decimal("16.740"), day=date(2020, 12, 31))
    entry.refresh_from_db()
    assert entry.data == {"amount": "16.740", "day": "2020-12-31"}


def test_entries_are_linked_one_to_the_next():
    one, two = written(2)
    assert (one.seq, one.previous_hash) == (1, "")
    assert (two.seq, two.previous_hash) == (2, one.hash)
    assert list(audit.faults()) == []


@given(
    text=st.text(max_size=80),
    data=st.dictionaries(
        st.text(max_size=10),
        st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text(), max_size=3),
        max_size=4,
    ),
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_written_can_be_proved_again(text, data):
    with transaction.atomic():
        entry = audit.record(None, "x", text, typed=data)
        assert audit.seal(AuditEntry.objects.get(pk=entry.pk)) == entry.hash
        transaction.set_rollback(True)


def test_an_act_that_is_rolled_back_leaves_no_gap():
    written(1)
    with transaction.atomic():
        audit.record(None, "x", None)
        transaction.set_rollback(True)
    written(1)
    assert list(AuditEntry.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2]
    assert list(audit.faults()) == []


# --- what the database refuses ------------------------------------------------------------------


@pytest.mark.parametrize("act", ["update", "delete", "save"])
def test_the_database_changes_and_removes_no_entry(act):
    (entry,) = written(1)
    acts = {
        "update": lambda: AuditEntry.objects.update(actor_name="别人"),
        "delete": lambda: AuditEntry.objects.all()._raw_delete("default"),
        "save": entry.save,
    }
    with (
        pytest.raises(IntegrityError, match="accounts_auditentry is append-only"),
        transaction.atomic(),
    ):
        acts[act]()
    assert AuditEntry.objects.get().actor_name == "系统"


def test_every_protected_table_is_guarded_in_this_database():
    assert appendonly.installed(connection) == set(appendonly.protected())
    assert triggers.installed(connection) == triggers.expected(connection)
    assert "accounts_auditentry" in appendonly.protected()


def test_installing_twice_changes_nothing():
    before = triggers.installed(connection)
    triggers.install(connection)
    assert triggers.installed(connection) == before


def test_a_lost_trigger_is_missed_by_the_list():
    with appendonly.lifted(connection):
        assert appendonly.installed(connection) == set()
        AuditEntry.objects.update(actor_name="别人")
    assert appendonly.installed(connection) == set(appendonly.protected())


def test_nothing_is_lifted_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(RuntimeError, match="stay so in production"), appendonly.lifted(connection):
        pass


# --- what the chain finds -----------------------------------------------------------------------

FORGERIES = {
    "actor_name": "别人",
    "act": "other",
    "target_type": "x",
    "target_id": "9",
    "target_label": "别的",
    "data": {"n": 99},
    "outcome": "failed",
    "at": "2001-01-01T00:00:00Z",
    "hash": "0" * 64,
    "previous_hash": "1" * 64,
}


@pytest.mark.parametrize("column", FORGERIES)
@pytest.mark.parametrize("seq", [1, 3, 5])
def test_every_change_of_a_row_is_found(column, seq):
    written(5)
    forge(seq, **{column: FORGERIES[column]})
    assert list(audit.faults()) != []


def test_a_changed_actor_is_found(li):
    seq = audit.record(None, "x", None).seq
    forge(seq, actor=li)
    assert list(audit.faults()) == [f"第{seq}条内容被改动。"]


@pytest.mark.parametrize("seq", [1, 3, 5])
def test_every_removal_of_a_row_is_found(seq):
    written(5)
    remove(seq)
    assert list(audit.faults()) != []


def test_a_forged_end_of_the_chain_is_found_by_the_anchor_outside():
    written(3)
    anchor = audit.anchor()
    remove(3)
    last = AuditEntry.objects.get(seq=2)
    AuditHead.objects.update(seq=2, hash=last.hash)
    assert list(audit.faults()) == []
    assert list(audit.anchor_faults([anchor])) == ["第3条与外部锚点不符。"]


def test_the_commands_prove_and_anchor(tmp_path, capsys):
    file = tmp_path / "anchors.txt"
    call_command("audit", "anchor", output=file)
    written(2)
    call_command("audit", "anchor", output=file)
    call_command("audit", "verify", anchors=file)
    assert capsys.readouterr().out.splitlines()[-1] == "审计链完整，共2条。"
    assert [line.split()[0] for line in file.read_text().splitlines()] == ["0", "2"]
    forge(1, actor_name="别人")
    with pytest.raises(CommandError, match="第1条内容被改动"):
        call_command("audit", "verify")


# --- writers at once ----------------------------------------------------------------------------


WRITERS = """
import threading
from django.db import close_old_connections, connection
from accounts import audit
from accounts.models import AuditEntry

record = audit.record{planted}
lost = []

def write():
    for number in range(5):
        try:
            record(None, "race", str(number))
        except Exception as error:
            lost.append(error)
    connection.close()

writers = [threading.Thread(target=write) for _ in range(32)]
[writer.start() for writer in writers]
[writer.join() for writer in writers]
print(AuditEntry.objects.count(), len(lost), len(list(audit.faults())))
"""


def test_thirty_two_writers_at_once_make_no_fork(installation):
    assert installation.run(WRITERS.format(planted="")) == "160 0 0"


def test_without_the_transaction_that_holds_the_head_the_same_race_goes_wrong(installation):
    _, lost, faults = installation.run(WRITERS.format(planted=".__wrapped__")).split()
    assert (lost, faults) != ("0", "0")


# --- words --------------------------------------------------------------------------------------


def test_acts_have_chinese_names():
    assert act_words("agency.rename") == "机构更名"
    assert act_words("unheard.of") == "unheard.of"
    assert act_words("x.done", "no.model") == "x.done"
    name_acts({"test.named": "试验"}, {"dose": "剂量"})
    assert act_words("test.named") == "试验"
    assert acts_named("试验") == ["test.named"]
    assert data_words({"dose": 3}) == [("剂量", "3")]
    del ACTS["test.named"], DATA["dose"]


def test_what_an_entry_recorded_is_said_in_chinese():
    recorded = {"role": "signer", "ends": None, "is_guest": True, "roles": ["editor", "issuer"]}
    recorded |= {"before": {"name": "甲"}, "reason": "", "other": 1, "order": 0}
    assert data_words(recorded) == [
        ("角色", "审签"),
        ("止", "无"),
        ("客座单位", "是"),
        ("角色", "编辑、签发"),
        ("原值", "名称：甲"),
        ("原因", "（空）"),
        ("other", "1"),
        ("排序", "0"),
    ]


def test_a_move_of_status_is_named_by_the_words_of_its_model():
    assert act_words("submission.approved", "submissions.submission") == "submission.approved"
    assert act_words("submission.approved", "tracker.submission").endswith("：已核定")
