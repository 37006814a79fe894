-- ARGV: a placement.
raise_commits(1)
place(1)
