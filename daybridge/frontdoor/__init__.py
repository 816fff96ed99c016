"""The public side: a referral form that can create and never read."""
