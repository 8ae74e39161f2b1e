"""Doubtful rows go out as sheets that an officer corrects, and what was corrected is applied by every later run.

A correction is held by its document and the words it is about, not by a row's number: when the extractors get better it
still fits, and when the text has changed it is reported in `review_log` instead of being applied.
"""
