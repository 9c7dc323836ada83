"""Kinds of question: what each asks for, takes as an answer and gives as a mark."""
