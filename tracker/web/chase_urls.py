"""Addresses of chasing, of the ways out of the product, and of the dispatch table."""

from django.urls import path

from tracker.web import chase_board, chase_ladder, dispatch, notices_out, notices_words

urlpatterns = [
    path("completeness/", chase_board.completeness, name="completeness"),
    path("completeness/rounds/", chase_board.completeness_rounds, name="completeness-rounds"),
    path("completeness/remind/", chase_board.completeness_remind, name="completeness-remind"),
    path("completeness/<int:pk>/", chase_board.completeness_cell, name="completeness-cell"),
    path("chasing/", chase_ladder.chase_ladder, name="chase-ladder"),
    path("dispatch/", dispatch.dispatch, name="dispatch"),
    path("dispatch/table/", dispatch.dispatch_table, name="dispatch-table"),
    path("dispatch/settings/", dispatch.dispatch_settings, name="dispatch-settings"),
    path("notices/words/", notices_words.notice_words, name="notice-words"),
    path("notices/words/<str:kind>/", notices_words.notice_word, name="notice-word"),
    path(
        "notices/words/<str:kind>/reset/",
        notices_words.notice_word_reset,
        name="notice-word-reset",
    ),
    path("notices/channels/", notices_out.channel_list, name="channel-list"),
    path("notices/channels/new/", notices_out.channel_edit, name="channel-add"),
    path("notices/channels/<int:pk>/", notices_out.channel_edit, name="channel-edit"),
    path("notices/channels/<int:pk>/try/", notices_out.channel_try, name="channel-try"),
    path("notices/manner/", notices_out.notice_manner, name="notice-manner"),
    path("notices/sent/", notices_out.delivery_list, name="delivery-list"),
    path("notices/sent/<int:pk>/again/", notices_out.delivery_again, name="delivery-again"),
    path("profile/contact/", notices_out.profile_contact, name="profile-contact"),
]
