"""The demo town: a pure generator from a plan and a seed. Names, people, numbers and reports are invented."""
