"""Addresses of the agencies' desk."""

from django.urls import path

from tracker.web.filing import (
    autosave,
    deputies,
    desk,
    entry,
    evidence,
    figure,
    fill,
    matrix,
    parts,
    pasting,
    signing,
    workbook,
)

urlpatterns = [
    path("submissions/", desk.submission_desk, name="submission-desk"),
    path("signing/", desk.signing_queue, name="signing-queue"),
    path("signing/deputies/", deputies.delegation_list, name="delegation-list"),
    path("signing/deputies/<int:pk>/end/", deputies.delegation_end, name="delegation-end"),
    path("submissions/<int:pk>/", entry.submission, name="submission"),
    path("submissions/<int:pk>/save/", entry.submission_save, name="submission-save"),
    path(
        "submissions/<int:pk>/autosave/", autosave.submission_autosave, name="submission-autosave"
    ),
    path("submissions/<int:pk>/paste/", pasting.submission_paste, name="submission-paste"),
    path(
        "submissions/<int:pk>/figures/<slug:key>/",
        figure.submission_figure,
        name="submission-figure",
    ),
    path(
        "submissions/<int:pk>/matrix/<int:programme>/",
        matrix.submission_matrix,
        name="submission-matrix",
    ),
    path(
        "submissions/<int:pk>/matrix/<int:programme>/file/",
        matrix.submission_matrix_file,
        name="submission-matrix-file",
    ),
    path("submissions/<int:pk>/withdraw/", entry.submission_withdraw, name="submission-withdraw"),
    path("submissions/<int:pk>/zero/", entry.submission_zero, name="submission-zero"),
    path("submissions/<int:pk>/print/", entry.submission_print, name="submission-print"),
    path("submissions/<int:pk>/sign/", signing.submission_sign, name="submission-sign"),
    path(
        "submissions/<int:pk>/send-back/",
        signing.submission_send_back,
        name="submission-send-back",
    ),
    path("submissions/<int:pk>/paper/", signing.submission_paper, name="submission-paper"),
    path(
        "submissions/<int:pk>/texts/add/<int:programme>/",
        parts.narrative_add,
        name="narrative-add",
    ),
    path(
        "submissions/<int:pk>/texts/found/<int:programme>/",
        parts.narrative_found,
        name="narrative-found",
    ),
    path(
        "submissions/<int:pk>/texts/<int:narrative>/", parts.narrative_edit, name="narrative-edit"
    ),
    path(
        "submissions/<int:pk>/texts/<int:narrative>/remove/",
        parts.narrative_remove,
        name="narrative-remove",
    ),
    path(
        "submissions/<int:pk>/texts/<int:narrative>/numbers/",
        parts.narrative_numbers,
        name="narrative-numbers",
    ),
    path(
        "submissions/<int:pk>/workbook/", workbook.submission_workbook, name="submission-workbook"
    ),
    path(
        "submissions/<int:pk>/workbook/template/",
        workbook.submission_workbook_template,
        name="submission-workbook-template",
    ),
    path(
        "submissions/<int:pk>/workbook/<int:upload>/",
        workbook.submission_workbook_preview,
        name="submission-workbook-preview",
    ),
    path(
        "submissions/<int:pk>/workbook/<int:upload>/take/",
        workbook.submission_workbook_take,
        name="submission-workbook-take",
    ),
    path(
        "submissions/<int:pk>/workbook/<int:upload>/drop/",
        workbook.submission_workbook_drop,
        name="submission-workbook-drop",
    ),
    path(
        "submissions/<int:pk>/workbook/<int:upload>/marked/",
        workbook.submission_workbook_marked,
        name="submission-workbook-marked",
    ),
    path("submissions/<int:pk>/fill/", fill.submission_fill, name="submission-fill"),
    path(
        "submissions/<int:pk>/fill/<int:upload>/",
        fill.submission_filling,
        name="submission-filling",
    ),
    path(
        "submissions/<int:pk>/fill/<int:upload>/close/",
        fill.submission_fill_close,
        name="submission-fill-close",
    ),
    path("submissions/<int:pk>/comments/", parts.submission_comment, name="submission-comment"),
    path("submissions/<int:pk>/evidence/", evidence.evidence_add, name="evidence-add"),
    path(
        "submissions/<int:pk>/evidence/<int:evidence>/",
        evidence.evidence_download,
        name="evidence-download",
    ),
    path(
        "submissions/<int:pk>/evidence/<int:evidence>/remove/",
        evidence.evidence_remove,
        name="evidence-remove",
    ),
    path(
        "submissions/<int:pk>/evidence/<int:evidence>/thumbnail/",
        evidence.evidence_thumbnail,
        name="evidence-thumbnail",
    ),
    path(
        "submissions/<int:pk>/evidence/<int:evidence>/caption/",
        evidence.evidence_caption,
        name="evidence-caption",
    ),
]
