"""Which thanks fit whom."""

import pytest

from events.domain.thanks import thanks_for


@pytest.mark.parametrize(
    ("states", "has_come", "kind"),
    [
        (["coming", "not_coming"], None, "thanks"),
        (["coming"], True, "thanks"),
        (["coming"], False, "thanks_missed"),
        (["not_coming"], None, "thanks_declined"),
        (["unsure", "no_answer"], None, "thanks_declined"),
        (["waiting"], None, "thanks_declined"),
        (["not_coming"], False, "thanks_declined"),
        (["not_coming"], True, "thanks"),
        (["no_answer"], True, "thanks"),
        (["no_answer", "no_answer"], None, ""),
        (["no_answer"], False, ""),
    ],
)
def test_thanks_are_said_in_words_that_fit(states, has_come, kind):
    assert thanks_for(states, has_come) == kind
