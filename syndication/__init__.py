"""What leaves the market for machines: sitemaps and feeds, made of public content only."""
