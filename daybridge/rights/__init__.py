"""What people can ask for about their record, with a clock, an owner and a letter; breaches; the notice."""
