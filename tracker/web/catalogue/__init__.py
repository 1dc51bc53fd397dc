"""What is owed, kept by the lead office: programmes, indicators, targets, cycles, rounds, duties."""
