"""An instructor reviews the facts of a draft, and marks new ones in the article."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.services.authoring.checking_facts import list_predicates, preview_fact
from quizapp.services.authoring.drafting import get_draft
from quizapp.services.authoring.entries import Entry, show_entry
from quizapp.services.authoring.fact_undoing import undo_decision
from quizapp.services.authoring.marking import Mark, Passage, fill_value, guess_entry, list_passages
from quizapp.services.authoring.naming import NameBook
from quizapp.services.authoring.reviewing import (
    add_fact,
    drop_fact,
    enter,
    find_fact,
    make_blank,
    save_fact,
)
from quizapp.storage.drafts import Draft, DraftFact
from quizapp.storage.ids import SetId
from quizapp.storage.sets import SetDetails
from quizapp.web.access import get_current, read_now
from quizapp.web.addresses import read_id
from quizapp.web.extensions import db
from quizapp.web.instructor.fact_forms import (
    FACT_WORDS,
    FactForm,
    list_predicate_options,
    make_form,
    put_problems,
    read_form,
)
from quizapp.web.instructor.fact_pages import (
    FACTS_A_PAGE,
    STATES,
    find_next,
    show_fact,
    show_listing,
)
from quizapp.web.instructor.pages import cut_page

bp = Blueprint("facts", __name__, url_prefix="/sets/<id:set_id>")


@bp.get("/facts")
def listing(set_id: int) -> ResponseReturnValue:
    """List the facts of a draft."""
    details, draft = _look(set_id)
    view = show_listing(details, draft, request.args.get("q", ""), request.args.get("state", ""))
    page, lines = cut_page(view.lines, FACTS_A_PAGE)
    return render_template(
        "instructor/facts.html", set=details, listing=view, lines=lines, page=page, states=STATES
    )


@bp.get("/next-fact")
def go_on(set_id: int) -> ResponseReturnValue:
    """Lead to the first fact that is to be reviewed, or to the list."""
    _, draft = _look(set_id)
    return _lead(set_id, find_next(draft, ""), 302)


@bp.get("/facts/<key>")
def show(set_id: int, key: str) -> ResponseReturnValue:
    """Show a fact beside its passage."""
    details, draft = _look(set_id)
    fact = find_fact(draft, key)
    entry = show_entry(fact.body, NameBook(draft.entities), list_predicates(draft))
    return _show_form(details, draft, fact, entry)


@bp.post("/facts/<key>")
def decide(set_id: int, key: str) -> ResponseReturnValue:
    """Accept, save, drop or preview a fact, or take a decision back."""
    action = request.form.get("action", "accept")
    if action == "preview":
        return _preview(set_id, key)
    if action in ("accept", "save"):
        return _save(set_id, key, accept=action == "accept")
    ids = db.session(), get_current(), SetId(set_id)
    if action == "undo":
        key = undo_decision(*ids, key, read_now())
        db.session.commit()
        return _lead(set_id, key)
    drop_fact(*ids, key, read_now())
    db.session.commit()
    return _go_on(set_id, key)


@bp.get("/new-fact")
def new(set_id: int) -> ResponseReturnValue:
    """Show the sentences to choose from, or the form of a fact with the words that were marked."""
    details, draft = _look(set_id)
    passages = list_passages(draft)
    wanted = read_id(request.args.get("section", ""))
    mark = _read_mark(passages, wanted)
    if mark is not None:
        entry = guess_entry(draft, mark)
        return _show_form(details, draft, make_blank(draft, entry), entry)
    chosen = next((one for one in passages if one.number == wanted), None)
    return render_template(
        "instructor/fact_new.html",
        set=details,
        passages=passages,
        chosen=chosen or next(iter(passages), None),
    )


@bp.post("/new-fact")
def add(set_id: int) -> ResponseReturnValue:
    """Store a new fact, or preview it."""
    if request.form.get("action") == "preview":
        return _preview(set_id, "")
    form = FactForm()
    entry = read_form(form)
    saved = add_fact(db.session(), get_current(), SetId(set_id), entry, read_now())
    if saved.problems:
        return _refuse(set_id, "", form)
    db.session.commit()
    flash("The fact is added.", "info")
    return _go_on(set_id, saved.key)


def _save(set_id: int, key: str, *, accept: bool) -> ResponseReturnValue:
    form = FactForm()
    ids = db.session(), get_current(), SetId(set_id)
    saved = save_fact(*ids, key, read_form(form), accept=accept, now=read_now())
    if saved.problems:
        return _refuse(set_id, key, form)
    db.session.commit()
    if accept:
        return _go_on(set_id, key)
    flash("The fact is saved.", "info")
    return _lead(set_id, key)


def _preview(set_id: int, key: str) -> ResponseReturnValue:
    """Show what the form would give; nothing is stored, so that nobody is kept from writing."""
    details, draft = _look(set_id)
    db.session.rollback()
    entry = fill_value(draft, read_form(FactForm()))
    fact = find_fact(draft, key) if key else make_blank(draft, entry)
    return _show_form(details, draft, fact, entry)


def _refuse(set_id: int, key: str, form: FactForm) -> ResponseReturnValue:
    db.session.rollback()
    details, draft = _look(set_id)
    entry = read_form(form)
    fact = find_fact(draft, key) if key else make_blank(draft, entry)
    return _show_form(details, draft, fact, entry, refused=True)


def _show_form(
    details: SetDetails, draft: Draft, fact: DraftFact, entry: Entry, *, refused: bool = False
) -> ResponseReturnValue:
    entered, changed, _ = enter(draft, fact, entry)
    preview = preview_fact(entered, changed, entry)
    form = make_form(entry)
    if refused:
        put_problems(form, preview.problems)
    page = render_template(
        "instructor/fact.html",
        set=details,
        fact=show_fact(details, draft, fact, entry, preview),
        form=form,
        words={**FACT_WORDS, "predicate": list_predicate_options(list_predicates(draft))},
    )
    return page, 422 if refused else 200


def _look(set_id: int) -> tuple[SetDetails, Draft]:
    return get_draft(db.session(), get_current(), SetId(set_id))


def _read_mark(passages: tuple[Passage, ...], section: int) -> Mark | None:
    """Return the words that were marked, or the sentence that was chosen; None at first."""
    quote, chosen = request.args.get("quote"), request.args.get("sentence", "")
    if quote is not None:
        paragraph = read_id(request.args.get("paragraph", ""))
        return Mark(section=section, paragraph=paragraph, quote=quote)
    for passage in passages:
        numbered = {str(number): one for number, (one, _) in enumerate(passage.sentences)}
        if passage.number == section and chosen in numbered:
            one = numbered[chosen]
            return Mark(section=section, paragraph=one.paragraph, quote=one.text)
    return None


def _go_on(set_id: int, key: str) -> ResponseReturnValue:
    _, draft = _look(set_id)
    return _lead(set_id, find_next(draft, key))


def _lead(set_id: int, key: str | None, status: int = 303) -> ResponseReturnValue:
    address = (
        url_for("facts.listing", set_id=set_id)
        if key is None
        else url_for("facts.show", set_id=set_id, key=key)
    )
    return redirect(address, status)
