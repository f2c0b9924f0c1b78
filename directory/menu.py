"""What else there is beside the list of services, in groups: a page of the directory that nobody links is lost."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from partnerships.access import Permission
from partnerships.models import Membership, Setting


@dataclass(frozen=True)
class Entry:
    """`for_public`: whether the school has to publish (True), must not yet (False), or either (None)."""

    words: str
    url_name: str
    permission: Permission = Permission.DIRECTORY_EDIT
    args: tuple[str, ...] = ()
    for_public: bool | None = None

    def is_for(self, membership: Membership) -> bool:
        published = membership.setting.publishes_directory
        return membership.may(self.permission) and self.for_public in (None, published)

    def url(self, setting: Setting) -> str:
        return reverse(self.url_name, args=[setting.slug, *self.args])


READ = Permission.DIRECTORY_READ
MENU: dict[str, tuple[Entry, ...]] = {
    "For somebody who needs help": (
        Entry("Pathways: for each need, what to do", "directory:pathway_list", READ),
        Entry("Your shortlist", "directory:shortlist_detail", READ),
        Entry("The directory as a booklet", "directory:booklet_detail", READ),
        Entry("What parents see", "directory:public_list", READ, for_public=True),
        Entry(
            "Open a page for parents",
            "partnerships:edit_setting_section",
            Permission.SETTING_EDIT,
            ("directory",),
            for_public=False,
        ),
        Entry("A search for the school’s website", "directory:embed_search", for_public=True),
    ),
    "Keeping it true": (
        Entry("Who is due, and whom to ring", "directory:ring_list"),
        Entry("Suggested changes", "directory:suggestion_list", READ),
        Entry("What is missing", "directory:gap_list"),
        Entry("Change many sheets at once", "directory:edit_grid"),
        Entry("Sheets that may be the same", "directory:same_list"),
        Entry("Taken off the list", "directory:taken_off_list"),
    ),
    "Running it": (
        Entry("Bring a list", "directory:import_start"),
        Entry("Lists fetched each night", "directory:feed_list"),
        Entry("How it is used", "directory:use_detail"),
        Entry("How it is kept: months, levels, synonyms", "directory:edit_rules", Permission.SETTING_EDIT),
    ),
}


def menu(membership: Membership) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """(group, [(words, address)]) of what this person may open."""
    for title, entries in MENU.items():
        shown = [
            (entry.words, entry.url(membership.setting)) for entry in entries if entry.is_for(membership)
        ]
        if shown:
            yield title, shown
