"""Whole weeks of clients as columns: priced exactly, combined by a linear and then an integer program.

Loads numpy and HiGHS: import it late.
"""
