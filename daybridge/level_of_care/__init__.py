"""Is an IOP right for this person now, and if not, what is?"""
