"""The text as written: letters, lines, sentences, paragraphs."""
