"""A market to look around in: invented firms, people and results, told through the use cases."""
