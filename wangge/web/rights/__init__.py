"""The rights desk: what people ask about their own data, taken in, answered, told; and their own pages by link."""
