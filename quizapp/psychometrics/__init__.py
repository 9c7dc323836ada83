"""What marks tell of a test, of its items, their options and the facts they ask for.

The way is `marks.make_marks` (or `marks_file.read_marks`) -> `analysing.analyse` ->
`findings.Report`, one frozen value, which `document` turns into plain JSON and into rows. The
formulas are those that Moodle publishes as "Quiz statistics calculations"; where another source is
followed, or something is added, the function says so. Proportions are fractions of 1, and what
cannot be known is None.

Most modules need NumPy: so the package imports none of them, and who uses one does.
"""
