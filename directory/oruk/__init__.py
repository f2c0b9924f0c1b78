"""Open Referral UK 3.0: our sheets as other systems read them, and theirs as sheets."""
