"""Counts told with noise or rounded, where a dataflow chooses that in the place of suppression."""

from cauce.protect.noise.choice import check_choices, check_vintages, method_of
from cauce.protect.noise.told import with_noise

__all__ = ["check_choices", "check_vintages", "method_of", "with_noise"]
