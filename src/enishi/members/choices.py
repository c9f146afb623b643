"""Who sees a field, and which fields there are: asked at the door already, so the words stand in `accounts.choices`."""

from enishi.accounts.choices import DEFAULT_VISIBILITY, ProfileField, Visibility

__all__ = ["DEFAULT_VISIBILITY", "ProfileField", "Visibility"]
