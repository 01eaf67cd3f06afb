"""What could answer: each proposer looks at a passage in its own way and offers places in it."""

from wenju.qa.proposals.proposal import Proposal
from wenju.qa.proposals.proposers import propose

__all__ = ["Proposal", "propose"]
