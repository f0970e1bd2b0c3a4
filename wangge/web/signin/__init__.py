"""Signing in: password and second factor for the desk, a bound phone for grid workers."""
