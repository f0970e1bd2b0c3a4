"""Accounts, organisations, posts and the devices of grid workers."""
