"""From whatever spreadsheet a school keeps to sheets of the directory.

files → guess (headings) → records (cells) → plan (what is new, changed, same) → bring (the writes).
batches keeps an import between the pages of the browser.
"""
