"""What changes several things at once: atomic, keyword-only, with the activity's row locked."""

from toolkits.commands.agreeing import keep_missing_pdfs, say_agree, take_part, write_agreed
from toolkits.commands.cards import (
    add_card,
    change_card,
    give_vote,
    merge_cards,
    remove_card,
    restore_card,
    split_card,
    take_vote_back,
)
from toolkits.commands.doing import make_action
from toolkits.commands.joining import (
    Joined,
    activity_by_code,
    check_open,
    close_joining,
    join,
    leave,
    open_joining,
)
from toolkits.commands.sessions import change_session, invite, move_stage, start_activity, uninvite

__all__ = [
    "Joined",
    "activity_by_code",
    "add_card",
    "change_card",
    "change_session",
    "check_open",
    "close_joining",
    "give_vote",
    "invite",
    "join",
    "keep_missing_pdfs",
    "leave",
    "make_action",
    "merge_cards",
    "move_stage",
    "open_joining",
    "remove_card",
    "restore_card",
    "say_agree",
    "split_card",
    "start_activity",
    "take_part",
    "take_vote_back",
    "uninvite",
    "write_agreed",
]
