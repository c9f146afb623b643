"""Every key to a person is exported and erased, or says why it stays."""

from __future__ import annotations

from django.apps import apps

from cast import Cast
from enishi.accounts.models import User
from enishi.core import personal_data
from enishi.members.models import Member

# Rows about the office's own acts: the key is emptied by the database when the account goes, the row is no one's data.
OFFICE_ONLY = {"accounts.ImportRun"}


def holders() -> set[str]:
    found = set()
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith("enishi."):
            continue
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model in (User, Member):
                found.add((model._meta.auto_created or model)._meta.label)
    return found


def test_no_model_about_a_person_is_forgotten() -> None:
    registered = {holding.model for holding in personal_data.holdings()}
    assert len(registered) >= 10
    assert holders() - registered - OFFICE_ONLY == set()


def test_every_holding_can_be_collected(cast: Cast) -> None:
    for holding in personal_data.holdings():
        assert isinstance(holding.collect(cast.nakamura.user), list), holding.model
