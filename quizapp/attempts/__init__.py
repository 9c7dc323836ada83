"""The rules of assignments and attempts: dates, credit, time limits, feedback, order and scores.

Pure functions of facts, rules and an instant. `overrides.resolve` gives the rules of one learner;
`states` says what an attempt is at an instant and what it still takes; `credit` and `scores` say
what it is worth; `feedback` what of it may be seen; `order` and `drawing` which questions it asks.
"""
