"""People, organisations, memberships, roles, credentials, contact points, sessions."""
