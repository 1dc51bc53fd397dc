"""Addresses of the house style, the roster and the dictionaries."""

from django.urls import path

from tracker.web.releases import house, roster, word_book, words

urlpatterns = [
    path("releases/house/", house.house_style, name="house-style"),
    path("releases/house/versions/", house.house_version_list, name="house-version-list"),
    path("releases/house/versions/<int:number>/", house.house_version, name="house-version"),
    path("releases/house/<slug:genre>/", house.house_genre, name="house-genre"),
    path("releases/roster/", roster.roster_list, name="roster-list"),
    path("releases/roster/add/", roster.roster_add, name="roster-add"),
    path("releases/roster/<int:pk>/", roster.roster_edit, name="roster-edit"),
    path("releases/roster/<int:pk>/strike/", roster.roster_strike, name="roster-strike"),
    path("releases/words/", words.word_list, name="word-list"),
    path("releases/words/add/", words.word_add, name="word-add"),
    path("releases/words/<int:pk>/", words.word_edit, name="word-edit"),
    path("releases/words/<int:pk>/drop/", words.word_drop, name="word-drop"),
    path("releases/words/book/", word_book.word_book, name="word-book"),
    path("releases/words/book/template/", word_book.word_book_template, name="word-book-template"),
    path("releases/words/book/export/", word_book.word_book_export, name="word-book-export"),
    path("releases/words/book/<int:pk>/", word_book.word_book_preview, name="word-book-preview"),
    path(
        "releases/words/book/<int:pk>/confirm/",
        word_book.word_book_confirm,
        name="word-book-confirm",
    ),
    path("releases/words/book/<int:pk>/drop/", word_book.word_book_drop, name="word-book-drop"),
    path(
        "releases/words/book/<int:pk>/marked/", word_book.word_book_marked, name="word-book-marked"
    ),
]
