"""The care register on the desk: lists, one need, whom one looks after, counts for those who plan help."""
