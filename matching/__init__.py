"""New publications meet saved searches: whoever waits for something is told when it comes."""
