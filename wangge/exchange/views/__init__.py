"""Pages of imports: the list, the file, the columns, the decisions, the report."""
