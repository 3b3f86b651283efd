"""Queries that are written once: they say the same as Django's own, with any value."""

import pytest

from events.models import Answer, Guest
from events.models.prepared import NotOneOpenValue, Prepared

pytestmark = pytest.mark.django_db


def answers_of(guest_id):
    return (
        Answer.objects.filter(guest=guest_id, state="coming").select_related("activity", "guest__host").order_by("pk")
    )


def read(answers):
    return [(row.pk, row.state, row.stamped_at, row.activity.title, row.guest.host) for row in answers]


def test_the_rows_are_those_of_the_plain_query_when_the_value_changes(cast, django_assert_num_queries):
    prepared = Prepared(answers_of, example=-1)
    for guest in (cast.greta, cast.zoe, cast.henrik):
        with django_assert_num_queries(1):
            rows = prepared(guest.pk)
            found = read(rows)
        assert found == read(answers_of(guest.pk))


def test_nothing_is_found_when_nothing_is_there(cast):
    assert Prepared(answers_of, example=-1)(0) == []


def test_counts_are_those_of_the_plain_query_when_rows_are_grouped(cast):
    def heads(event_id):
        return Answer.objects.filter(activity__event=event_id).order_by().values_list("activity", "state")

    prepared = Prepared(heads, example=-1)
    for event in (cast.event, cast.other_event):
        assert sorted(prepared(event.pk)) == sorted(heads(event.pk))


def test_the_sql_is_made_once_when_the_query_is_run_many_times(cast):
    builds = []
    prepared = Prepared(lambda pk: builds.append(pk) or Guest.objects.filter(pk=pk), example=-1)
    assert [prepared(guest.pk) for guest in (cast.greta, cast.ines)] == [[cast.greta], [cast.ines]]
    assert builds == [-1]


@pytest.mark.parametrize(
    "build, count",
    [(lambda value: Guest.objects.all(), 0), (lambda value: Guest.objects.filter(pk=value, event=value), 2)],
)
def test_a_query_is_refused_when_the_place_of_the_value_is_not_plain(build, count):
    with pytest.raises(NotOneOpenValue) as refused:
        Prepared(build, example=-1)(1)
    assert refused.value.count == count
