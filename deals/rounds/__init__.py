"""Rounds of open listing (挂牌): one posting, one period, many registrations, one winner."""
