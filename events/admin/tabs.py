"""Rows of several kinds, of which one is in view, a page at a time."""

from dataclasses import dataclass

from django.core.paginator import Paginator

ROWS_A_PAGE = 50


@dataclass(frozen=True)
class Tab:
    key: str
    title: str
    count: int
    is_here: bool


class Tabbed:
    """`shown` is the kind in view, `page` the rows of it that are."""

    def show(self, titles, counts, shown, rows, page):
        """Takes {kind: title} in the order of the tabs, {kind: count}, and what is in view."""
        self.shown, self.title = shown, titles.get(shown, "")
        self.tabs = [Tab(key, title, counts[key], key == shown) for key, title in titles.items() if counts[key]]
        self.page = Paginator(rows, ROWS_A_PAGE).get_page(page)

    @property
    def page_range(self):
        return self.page.paginator.get_elided_page_range(self.page.number, on_each_side=2, on_ends=1)
