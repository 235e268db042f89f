"""What the rest of the market hears of proposals."""

PROPOSAL_SENT = "proposal.sent"
PROPOSAL_TAKEN = "proposal.taken"
PROPOSAL_DECLINED = "proposal.declined"
