"""Shares of occupations and industries, and what becomes of them: the filter, draws, plain rules.

GSBPM phase 5, process: derive new variables.
"""

from cauce.outlook.shares.assumptions import assumptions
from cauce.outlook.shares.draws import ShareDraws, draw_shares, path_draws
from cauce.outlook.shares.forecast import Path, ShareForecast, filtered, forecast_shares, path
from cauce.outlook.shares.learn import Motion
from cauce.outlook.shares.level import Fit
from cauce.outlook.shares.naive import (
    NAIVE,
    constant_share,
    damped_drift,
    drift,
    level_trend,
    log_trend,
    mean_share,
    no_change,
    shrunk_slope,
)
from cauce.outlook.shares.pooling import slopes
from cauce.outlook.shares.series import Series, cell_noise, check_history
from cauce.outlook.shares.settings import SETTINGS, Settings

__all__ = [
    "NAIVE",
    "SETTINGS",
    "Fit",
    "Motion",
    "Path",
    "Series",
    "Settings",
    "ShareDraws",
    "ShareForecast",
    "assumptions",
    "cell_noise",
    "check_history",
    "constant_share",
    "damped_drift",
    "draw_shares",
    "drift",
    "filtered",
    "forecast_shares",
    "level_trend",
    "log_trend",
    "mean_share",
    "no_change",
    "path",
    "path_draws",
    "shrunk_slope",
    "slopes",
]
