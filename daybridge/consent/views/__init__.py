"""Pages of consents: what stands, choosing, signing, paper, taking back, the copy."""
