"""Open licence of a patent: the statement, its announcement and withdrawal, and the licence fee."""
