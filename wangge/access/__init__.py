"""Who may, for what purpose, where: sessions, posts, row-level security, the action decorator."""
