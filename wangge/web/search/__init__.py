"""The one box of the desk: places by any spelling, cases by number; as a page, as suggestions, by program."""
