"""Daily sheets of property firms (物业日报): handed in by the firm, taken over or sent back by the community."""
