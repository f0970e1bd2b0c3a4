"""Pages and fragments of cases; they translate and decide nothing."""
