"""Support views: an operator sees the pages of a person who lets them, for half an hour."""
