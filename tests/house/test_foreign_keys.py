"""Foreign keys follow the map too: a key to an app above would tie the house in a knot that no import shows."""

from __future__ import annotations

from django.apps import apps

ORDER = ["core", "accounts", "members", "events", "feedback", "publishing", "office"]


def test_keys_point_down_or_sideways() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("enishi.")]
    assert len(ours) > 20
    wrong = [
        f"{model._meta.label} → {field.related_model._meta.label}"
        for model in ours
        for field in model._meta.get_fields()
        if field.is_relation and (field.concrete or field.many_to_many) and not field.auto_created
        and field.related_model._meta.app_label in ORDER
        and ORDER.index(field.related_model._meta.app_label) > ORDER.index(model._meta.app_label)
    ]  # fmt: skip
    assert wrong == []
