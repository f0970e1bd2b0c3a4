"""The workbench of grids in the console: what is in force, drafts, the hand-over, the page for residents."""
