"""OAI-PMH 2.0: published results for harvesters (openarchives.org, protocol of 2002-06-14)."""
