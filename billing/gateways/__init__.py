"""Ways in which money reaches a receiving account, behind one port."""
