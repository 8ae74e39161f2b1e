"""One document of the warehouse as a page on which everything that was found is marked."""
