"""For all tests: laws are tried without a clock, since the first call of a kernel compiles it."""

from hypothesis import settings

settings.register_profile("cauce", deadline=None, print_blob=True)
settings.load_profile("cauce")
