"""A new version of a set is carried through to the courses that teach a former one."""
