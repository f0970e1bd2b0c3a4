"""The append-only book of every write: audit and outbox in one."""
