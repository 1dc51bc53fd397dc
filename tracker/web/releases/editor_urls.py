"""Addresses of the editor's page and what belongs to it."""

from django.urls import path

from tracker.web.releases import (
    editor,
    editor_comments,
    editor_comparing,
    editor_files,
    editor_merging,
    editor_proof,
)

urlpatterns = [
    path("releases/<int:pk>/edit/", editor.release_edit, name="release-edit"),
    path("releases/<int:pk>/edit/keep/", editor.release_edit_keep, name="release-edit-keep"),
    path(
        "releases/<int:pk>/edit/discard/",
        editor.release_edit_discard,
        name="release-edit-discard",
    ),
    path(
        "releases/<int:pk>/edit/proof/", editor_proof.release_edit_proof, name="release-edit-proof"
    ),
    path(
        "releases/<int:pk>/edit/figures/<int:number>/<str:key>/",
        editor_proof.release_edit_figure,
        name="release-edit-figure",
    ),
    path(
        "releases/<int:pk>/edit/merge/",
        editor_merging.release_edit_merge,
        name="release-edit-merge",
    ),
    path(
        "releases/<int:pk>/edit/upload/",
        editor_files.release_edit_upload,
        name="release-edit-upload",
    ),
    path(
        "releases/<int:pk>/compare/<int:old>/<int:new>/",
        editor_comparing.release_compare,
        name="release-compare",
    ),
    path(
        "releases/<int:pk>/compare/<int:old>/<int:new>/docx/",
        editor_comparing.release_compare_file,
        name="release-compare-file",
    ),
    path("releases/<int:pk>/remarks/", editor_comments.release_remark, name="release-remark"),
    path(
        "releases/<int:pk>/remarks/<int:remark>/settle/",
        editor_comments.release_remark_settle,
        name="release-remark-settle",
    ),
]
