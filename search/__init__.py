"""Searching: what a document is, how text becomes words, and the engines behind one port."""
