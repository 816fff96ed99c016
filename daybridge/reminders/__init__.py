"""reminders: what people are told of their week outside the program: reminders, changes, calendar subscriptions."""
