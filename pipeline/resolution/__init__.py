"""One row a unit and one row an instrument, however they were written: pure functions over rows, no I/O."""
