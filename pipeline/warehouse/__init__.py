"""The warehouse's tables, defined once in tables.toml, and the SQL made from them."""
