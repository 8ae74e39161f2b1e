"""What the notebooks stand on: the warehouse as tables that officers read, and charts for their reports."""
