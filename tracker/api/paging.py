"""Pages of a list: by number, or by the last row seen where counting would cost too much."""

from rest_framework.pagination import CursorPagination, PageNumberPagination

SIZE, MOST = 50, 200


class Pages(PageNumberPagination):
    page_size = SIZE
    page_size_query_param = "size"
    max_page_size = MOST


class LedgerPages(CursorPagination):
    """No count and no offset, however long the ledger; the newest first."""

    ordering = "-pk"
    page_size = SIZE
    page_size_query_param = "size"
    max_page_size = MOST
