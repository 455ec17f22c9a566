"""What a visitor agrees to when signing up. A change of the words is a new version."""

VERSION = "2"
TEXT = (
    "Send me the toolkit by e-mail: one mail now to confirm the address, then one when a new edition is ready, about "
    "four times a year, with what changed in my list of codes if I gave one. I can unsubscribe with one "
    "click in every mail."
)
