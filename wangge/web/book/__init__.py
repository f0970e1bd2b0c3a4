"""The auditor's page: the book of all writes, read and verified."""
