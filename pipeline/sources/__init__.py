"""From a file's bytes to pages of text and blocks: one module a family of formats."""
