"""Networks → results: balance, blocs, polarization, positions of nodes, tests and uncertainty."""
