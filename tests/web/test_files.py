"""Files go out with permission, as downloads, under safe names."""

from io import BytesIO
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules import ALLOWED, Refused, refused
from tracker.web.files import download, safe_name


def test_a_file_is_an_attachment_that_nobody_keeps():
    answer = download(ALLOWED, BytesIO(b"PK"), "会前材料.docx")
    disposition, _, name = answer["Content-Disposition"].partition("filename*=utf-8''")
    assert (disposition, unquote(name)) == ("attachment; ", "会前材料.docx")
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert b"".join(answer.streaming_content) == b"PK"


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.xml", "a.js", "a.xhtml", "a"])
def test_what_a_browser_might_run_goes_out_as_bytes(name):
    assert download(ALLOWED, BytesIO(), name)["Content-Type"] == "application/octet-stream"


def test_no_permission_no_file():
    with pytest.raises(Refused, match="无权下载"):
        download(refused("无权下载这份佐证。"), BytesIO(b"x"), "a.pdf")


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\报表\\一月.xlsx", "一月.xlsx"),
        ("发票\u202egnp.exe", "发票gnp.exe"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ('引"号".pdf', "引_号_.pdf"),
        (".htaccess", "htaccess"),
        ("...", "文件"),
        ("", "文件"),
        ("长" * 200 + ".docx", "长" * 120 + ".docx"),
    ],
)
def test_names_are_made_safe(given_name, safe):
    assert safe_name(given_name) == safe


@given(st.text(max_size=300))
def test_no_name_is_empty_long_or_able_to_leave_its_folder(name):
    safe = safe_name(name)
    assert 0 < len(safe) <= 131
    assert set(safe).isdisjoint('/\\:*?"<>|\r\n\x00')
    assert safe not in {".", ".."}
