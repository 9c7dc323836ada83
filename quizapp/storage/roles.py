"""The roles that a person may have in a course."""

LEARNER, ASSISTANT, INSTRUCTOR = "learner", "assistant", "instructor"
# Who sees a course from the teachers' side; of these, assistants change nothing.
STAFF = (ASSISTANT, INSTRUCTOR)
