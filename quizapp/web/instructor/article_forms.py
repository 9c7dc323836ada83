"""The form by which an instructor gives an article, as a file or as text."""

from dataclasses import dataclass

from flask import request
from flask_wtf.file import FileField
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from quizapp.services.authoring.drafting import LONGEST_TITLE
from quizapp.services.authoring.uploading import ENDINGS, NewArticle
from quizapp.web.forms import Form
from quizapp.web.instructor.course_forms import fold

_LONGEST_NAME = 60
_NOTHING = "Choose a file, or paste the text of the article."


class ArticleForm(Form):
    """An article; a file, if one was chosen, counts instead of the text."""

    title = StringField(
        "Title of the set (optional)",
        [Length(max=LONGEST_TITLE, message=f"Enter at most {LONGEST_TITLE} characters.")],
        filters=[fold],
    )
    file = FileField("File", render_kw={"accept": ",".join(ENDINGS)})
    text = TextAreaField("Text of the article", render_kw={"rows": 10})

    use_model = BooleanField("Let the language model of this installation propose facts, too")

    def validate_file(self, field: FileField) -> None:
        """Ask for one of both."""
        del field
        if not _has_file() and not (self.text.data or "").strip():
            raise ValidationError(_NOTHING)


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenArticle:
    """What the form gave."""

    title: str
    article: NewArticle


def read_article(form: ArticleForm) -> GivenArticle:
    """Return the article of a valid form; text that was pasted is named after its first line."""
    title, use_model = str(form.title.data or ""), bool(form.use_model.data)
    file = request.files.get("file")
    if file is not None and file.filename:
        article = NewArticle(
            name=_clean_name(file.filename), content=file.read(), use_model=use_model
        )
        return GivenArticle(title=title, article=article)
    text = str(form.text.data or "").strip()
    first = text.splitlines()[0].strip("# ").replace("/", " ")[:_LONGEST_NAME].strip(" .")
    ending = ".md" if text.startswith("# ") else ".txt"
    name = f"{title.replace('/', ' ') or first or 'Article'}{ending}"
    article = NewArticle(name=name, content=text.encode(), use_model=use_model)
    return GivenArticle(title=title, article=article)


def _clean_name(name: str) -> str:
    """Return the name without folders, and without what is not seen or turns the words around."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return " ".join("".join(filter(str.isprintable, last)).split())


def _has_file() -> bool:
    file = request.files.get("file")
    return file is not None and bool(file.filename)
