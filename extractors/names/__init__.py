"""The named world of Vietnamese administration: organs, places, laws, people, positions."""
