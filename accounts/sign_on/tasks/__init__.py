"""Work with the network: no unit of work is open meanwhile."""
