"""What a page needs, computed before its template runs."""
