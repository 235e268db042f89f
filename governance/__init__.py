"""What the operator owes the public: complaints and what follows from them."""
