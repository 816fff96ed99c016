"""What is measured: ratios in one run, medians; never a timed test."""
