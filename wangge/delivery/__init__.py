"""Messages out of the house, with receipts."""
