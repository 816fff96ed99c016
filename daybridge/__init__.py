"""Daybridge runs an intensive outpatient program, from the first call to aftercare."""

__version__ = "0.1.0"
