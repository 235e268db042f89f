"""Work with the network: claimed in one transaction, done in none, recorded in another."""
