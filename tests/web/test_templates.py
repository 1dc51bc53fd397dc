"""What holds for every template, read as text."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SPRITE = (ROOT / "tracker/static/vendor/tabler-icons/sprite.svg").read_text(encoding="utf-8")
FORM = re.compile(r'<form\b[^>]*method="post".*?</form>', re.DOTALL)
ICON = re.compile(r'{% icon "([\w-]+)"|\bicon="([\w-]+)"')
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:")
# Nobody is signed in yet, so there is nobody to remember the form for.
WITHOUT_A_PERSON = {"templates/accounts/sign_in.html"}

every = pytest.mark.parametrize(
    "template", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix()
)


@every
def test_every_posted_form_is_taken_once_and_from_our_own_pages(template):
    forms = FORM.findall(template.read_text(encoding="utf-8"))
    named = template.relative_to(ROOT).as_posix()
    assert [form for form in forms if "{% csrf_token %}" not in form] == []
    if named not in WITHOUT_A_PERSON:
        assert [form for form in forms if "{% once %}" not in form] == []


@every
def test_no_template_needs_inline_script_or_style(template):
    if "documents" not in template.parts:
        assert INLINE.findall(template.read_text(encoding="utf-8")) == []


@every
def test_every_icon_is_in_the_sprite(template):
    names = {a or b for a, b in ICON.findall(template.read_text(encoding="utf-8"))}
    assert {name for name in names if f'id="{name}"' not in SPRITE} == set()
