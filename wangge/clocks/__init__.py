"""Working calendars: which days are off, which weekends are worked, kept in the database year by year."""
