"""What people receive: messages in the market, mail and text messages, through one queue."""
