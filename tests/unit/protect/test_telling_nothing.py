"""What an error, an interval or a design effect would tell of a count stands beside it anyway."""

import numpy as np

from cauce.protect import protect

BESIDE = ("value", "se", "cv", "ci_low", "ci_high", "deff", "ess")


def test_no_number_stands_without_its_exact_count(cells_of, one, pack_of):
    """Beside a withheld count nothing is left from which its size could be reckoned."""
    counts = [[[4, 30, 0], [20, 300, 50]]] * 2
    having = [[[3, 20, 0], [4, 100, 25]], [[4, 30, 0], [20, 300, 50]]]
    cells = cells_of((one("R", "rate"), one("POP", numerator="2")), counts, having)

    [flow] = protect([cells], pack_of()).flows

    for name in BESIDE:
        shown = np.isfinite(getattr(flow, name))
        assert shown.any()
        assert (flow.n[shown] >= 0).all()
        assert (flow.cases[shown] >= 0).all()


def test_beside_an_amount_stands_how_many_were_asked(cells_of, one, pack_of):
    largest = np.full((4, 2), 0.1)
    cells = cells_of((one("PAY", "mean", "WAGE"),), [[4, 30, 50]], largest=largest)

    [flow] = protect([cells], pack_of()).flows

    for name in BESIDE:
        assert (flow.n[np.isfinite(getattr(flow, name))] >= 0).all()
