"""The door: settings, urls, shell, components, command line."""
