"""Learners practise: quizzes of their own making, which are assignments that nobody else sees."""
