"""What the player and the site's pages are told of a registration."""

import pytest

from scorm.runtime.view import percent


@pytest.mark.parametrize(
    ("score", "shown"),
    [(None, None), (0.796, 79), (0.7999999, 79), (0.8, 80), (0.29, 29), (1.0, 100), (-0.505, -51)],
)
def test_a_score_is_rounded_down(score, shown):
    assert percent(score) == shown
