"""线下代录: signed on paper, scanned, and recorded by the reporter; found from the page, true on it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEntry
from tracker.submissions.drafting import Change, save_figures
from tracker.submissions.models import Submission
from tracker.submissions.services import submit

SCAN = b"%PDF-1.4\nsigned by hand"


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def signing(submission, trained, money, li) -> Submission:
    """Submitted by 李, waiting for a signature."""
    place = submission.agency.region_id
    save_figures(
        submission, [Change(trained.pk, place, "12"), Change(money.pk, place, "1302")], by=li
    )
    submission.refresh_from_db()
    return submit(submission, by=li, version=submission.version)


def form_on(page: str) -> dict:
    """The address of the form for paper signatures and the version that it carries."""
    form = re.search(r'<form[^>]*action="([^"]*/paper/)".*?</form>', page, re.DOTALL)
    version = re.search(r'name="version" value="(\d+)"', form[0])
    return {"address": form[1], "version": version[1]}


def recorded(browser, submission, **more):
    found = form_on(browser.get(submission.get_absolute_url()).content.decode())
    words = {"signer_name": "张", "signer_post": "副主席", "version": found["version"]}
    scan = SimpleUploadedFile("签字页.pdf", SCAN)
    return browser.post(found["address"], words | {"scan": scan} | more)


def test_offline_signature_is_recorded_from_the_page_with_who_signed_and_who_recorded(
    signing, li, sign_in
):
    browser = sign_in(li)
    page = browser.get(signing.get_absolute_url()).content.decode()
    assert f'href="{reverse("submission-print", args=[signing.pk])}"' in page
    answer = recorded(browser, signing)
    assert (answer.status_code, answer["Location"]) == (302, signing.get_absolute_url())
    signing.refresh_from_db()
    signature = signing.signatures.get()
    assert (signing.status, signing.signed_by) == ("submitted", None)
    assert (signature.signer, signature.signer_name, signature.recorded_by) == (None, "张", li)
    page = browser.get(signing.get_absolute_url()).content.decode()
    assert re.search(r"张（副主席），.*?纸质签字，李登记", page)
    act = AuditEntry.objects.filter(act="submission.submitted", actor=li).get()
    assert act.data["note"] == "纸质签字：张"


def test_its_scan_is_given_out_as_it_came_and_to_nobody_else(signing, li, sun, wang, sign_in):
    recorded(sign_in(li), signing)
    scan = signing.signatures.get().scan
    address = reverse("evidence-download", args=[signing.pk, scan.pk])
    for person in (li, wang):
        answer = sign_in(person).get(address)
        assert b"".join(answer.streaming_content) == SCAN
    assert sign_in(sun).get(address).status_code == 404


def test_the_printed_report_says_whose_signature_stands_on_paper(signing, li, sign_in):
    recorded(sign_in(li), signing)
    page = sign_in(li).get(reverse("submission-print", args=[signing.pk])).content.decode()
    assert "张" in page


@pytest.mark.parametrize(
    "lacking", [{"scan": ""}, {"signer_name": " "}, {"scan": SimpleUploadedFile("a.svg", b"<svg>")}]
)
def test_without_its_scan_or_its_name_nothing_is_recorded(signing, li, sign_in, lacking):
    recorded(sign_in(li), signing, **lacking)
    signing.refresh_from_db()
    assert (signing.status, signing.signatures.count(), signing.evidence.count()) == (
        "signing",
        0,
        0,
    )


def test_the_signer_and_the_reviewer_are_offered_no_recording(signing, zhang, wang, sign_in):
    for person in (zhang, wang):
        page = sign_in(person).get(signing.get_absolute_url()).content.decode()
        assert "登记纸质签字" not in page
        address = reverse("submission-paper", args=[signing.pk])
        words = {"signer_name": "张", "version": signing.version}
        scan = SimpleUploadedFile("签字页.pdf", SCAN)
        assert sign_in(person).post(address, words | {"scan": scan}).status_code == 409
