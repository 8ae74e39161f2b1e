"""The warehouse in the forms other programs read: Parquet, XLSX, graphs, calendars, Akoma Ntoso, HTML."""
