"""`make bench`: the promised figures measured at full size, beside a rival of the same run."""
