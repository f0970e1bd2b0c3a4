"""Reads of the registry: found by number or name, opened and masked by the page."""
