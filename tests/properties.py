"""How many examples the property tests draw: modest and always the same, or many at random."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

USUAL = 100
FUZZ = 20  # times as many


def register() -> None:
    """Make the profiles known and load ``wenju``; ``--hypothesis-profile`` may load another.

    ``wenju`` draws the same examples every time, so that nothing fails by chance; ``fuzz`` draws
    new ones and keeps those that failed.
    """
    settings.register_profile(
        "wenju",
        max_examples=USUAL,
        derandomize=True,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.register_profile(
        "fuzz",
        max_examples=FUZZ * USUAL,
        derandomize=False,
        print_blob=True,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("wenju")


def cases(usual: int) -> settings:
    """For a test that wants more or fewer examples than ``USUAL``; ``fuzz`` multiplies them too."""
    return settings(max_examples=usual * settings().max_examples // USUAL)
