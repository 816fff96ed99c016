"""What may leave, to whom, why and until when."""
