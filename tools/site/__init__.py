"""The documentation as a site: put together, built in both languages, and held against the product."""
