"""Steps of the tables of the calendars."""
