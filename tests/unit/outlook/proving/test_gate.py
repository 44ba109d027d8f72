"""The model is published where it earned it, and a plain rule where it did not."""

import numpy as np

from cauce.outlook.proving import as_known, champion, trials

from .conftest import after, history, times

AHEAD = np.array([1.0, 2.0, 5.0])
GROWING = history([[100 * 1.1**t, 50 * 1.1**t] for t in range(8)])
"""Everything grows by a tenth a year."""


def of(**methods):
    return trials(as_known(GROWING), GROWING, methods, AHEAD)


def test_a_model_that_is_no_worse_than_any_rule_is_published():
    found = champion(of(filter=times(1.1), mean_share=times(1.0)), 0, "filter", "mean_share")

    assert (found.method, found.judged_at) == ("filter", 0)
    assert "no larger" in found.verdict.en
    assert "no es mayor" in found.verdict.es
    assert "0.0 %" in found.verdict.en
    assert "9.1 %" in found.verdict.es


def test_a_model_that_loses_gives_way_and_the_words_say_so():
    methods = of(filter=times(1.3), mean_share=times(1.0), drift=times(1.1))
    found = champion(methods, 0, "filter", "mean_share")

    assert found.method == "drift"
    assert "Published is a plain rule, the drift so far" in found.verdict.en
    assert "Se publica una regla simple, la deriva observada" in found.verdict.es


def test_of_rules_that_are_as_good_the_mean_share_is_taken():
    methods = of(filter=times(1.3), no_change=times(1.0), mean_share=times(1.0))

    assert champion(methods, 0, "filter", "mean_share").method == "mean_share"


def test_a_rule_that_may_be_best_by_chance_does_not_stand_in():
    """It is right in two origins of five and worse in the others, and a little better in all."""

    def lucky(past, horizons):
        return times(1.1 if len(past.years) % 2 else 0.93)(past, horizons)

    one = of(filter=times(1.5), mean_share=times(1.0), lucky=lucky)
    found = champion(one, 0, "filter", "mean_share")

    assert found.method == "mean_share"
    assert "The best rule, lucky" in found.verdict.en
    assert "La mejor regla, lucky" in found.verdict.es


def test_a_horizon_the_past_does_not_reach_is_judged_by_a_shorter_one():
    """Of five years ahead there is one origin; of two, there are four."""
    found = champion(of(filter=times(1.1), mean_share=times(1.0)), 2, "filter", "mean_share")

    assert (found.method, found.judged_at) == ("filter", 1)
    assert "Judged at a horizon of 2 years, as the past is too short for 5" in found.verdict.en
    assert "Juzgado a un horizonte de 2 años" in found.verdict.es


def test_a_model_that_nobody_has_seen_do_better_is_not_published():
    short = history([[100.0, 50]] * 5)
    one = trials(as_known(short), short, {"filter": times(1.0), "mean_share": times(1.0)}, AHEAD)
    found = champion(one, 0, "filter", "mean_share")

    assert (found.method, found.judged_at) == ("mean_share", -1)
    assert "Fewer than 3 origins" in found.verdict.en


def test_a_model_that_declined_everywhere_is_not_published():
    methods = of(filter=after(99, times(1.1)), mean_share=times(1.0))

    assert champion(methods, 0, "filter", "mean_share").method == "mean_share"


def test_a_rule_that_answered_too_seldom_holds_up_nobody():
    methods = of(filter=times(1.1), mean_share=times(1.0), staffing=after(6, times(1.1)))
    found = champion(methods, 0, "filter", "mean_share")

    assert (found.method, found.judged_at) == ("filter", 0)


def test_methods_that_never_answered_together_decide_nothing():
    def early(past, horizons):
        return (
            times(1.0)(past, horizons)
            if len(past.years) < 6
            else after(99, times(1.0))(past, horizons)
        )

    methods = of(filter=after(5, times(1.1)), mean_share=early)

    assert champion(methods, 0, "filter", "mean_share").judged_at == -1


def test_a_method_without_words_of_its_own_goes_by_its_name():
    found = champion(of(filter=times(1.3), theta=times(1.0)), 0, "filter", "theta")

    assert "theta" in found.verdict.en


def test_where_the_rule_that_stays_is_new_itself_nothing_is_claimed():
    """After a change of classification the mean share has answered at one origin only."""
    methods = of(filter=times(1.1), no_change=times(1.0), mean_share=after(7, times(1.0)))
    found = champion(methods, 0, "filter", "mean_share")

    assert (found.method, found.judged_at) == ("mean_share", -1)
    assert "Fewer than 3 origins" in found.verdict.en
