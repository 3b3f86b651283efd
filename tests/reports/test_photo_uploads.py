"""What is said of one go of adding photos."""

from django.utils import translation

from events.reports import photo_uploads
from tests import photo_rows


def test_what_came_from_folders_counts_without_a_ledger(cast):
    upload = photo_rows.make_upload(
        cast.event, way="command", chosen=4, added=2, duplicates=1, refused=[{"file": "a", "code": "svg", "facts": {}}]
    )
    with translation.override("en"):
        said = photo_uploads.counted(photo_uploads.tally(upload))
    assert said == "4 chosen: 2 added, 1 here already, 1 not taken"


def test_nothing_has_arrived_of_what_was_only_chosen(cast):
    upload = photo_rows.make_upload(cast.event, chosen=3)
    with translation.override("en"):
        assert photo_uploads.counted(photo_uploads.tally(upload)) == "3 chosen: 3 not arrived yet"
