"""Actions come from people, sessions, check-ins and meetings; all of them are added here."""

import uuid
from datetime import date

from partnerships.models import Action, Membership, Partnership, Setting


def add_action(
    *,
    setting: Setting,
    text: str,
    due_on: date,
    by: Membership | None,
    owner: Membership | None = None,
    owner_partnership: Partnership | None = None,
    owner_name: str = "",
    origin_kind: str = "",
    origin_id: uuid.UUID | None = None,
    origin_words: str = "",
) -> Action:
    """Adds an action with one owner: a member, a partner service or a typed name.

    `origin_kind` is a key of registry.origins ("activity", "round", …); `origin_words` is its title as it stands now.
    Raises ValueError if there is not exactly one owner, or if the owner belongs to another setting.
    """
    if sum([owner is not None, owner_partnership is not None, bool(owner_name)]) != 1:
        raise ValueError("An action has one owner.")
    if any(each is not None and each.setting_id != setting.pk for each in (owner, owner_partnership, by)):
        raise ValueError("An action and its owner belong to one setting.")
    return setting.actions.create(
        text=text,
        due_on=due_on,
        owner=owner,
        owner_partnership=owner_partnership,
        owner_name=owner_name,
        origin_kind=origin_kind,
        origin_id=origin_id,
        origin_words=origin_words[:300],
        created_by=by,
    )
