"""People: sign-ins, what each is in a setting, and the invitations that bring them."""

import secrets
import uuid
from datetime import timedelta
from typing import Any, ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from partnerships.access import ROLE_PERMISSIONS, Permission, Role
from partnerships.models.setting import Setting
from partnerships.models.sorting import sort_key
from partnerships.sectors import Sector

INVITATION_DAYS = 14


def new_nonce() -> str:
    return secrets.token_urlsafe(16)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


@pghistory.track(
    fields=["email", "full_name"],
    model_name="UserEvent",
    obj_field=pghistory.ObjForeignKey(related_name="events"),
)
class User(AbstractBaseUser):
    """A sign-in by e-mail. What somebody may do is on the Membership of each setting."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-mail")
    full_name = models.CharField("name", max_length=120)
    sort_name = sort_key("full_name")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)
    weekly_mail = models.BooleanField("one mail on Monday about all my schools", default=True)
    weekly_mailed_on = models.DateField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return self.full_name

    @property
    def first_name(self) -> str:
        return self.full_name.split(" ")[0]


class MembershipQuerySet(models.QuerySet["Membership"]):
    def with_people(self) -> "MembershipQuerySet":
        """With setting, user and service at hand."""
        return self.select_related("setting", "user", "service__agency").defer("setting__logo")

    def current(self) -> "MembershipQuerySet":
        """Those whose access has not ended, with setting, user and service at hand."""
        return self.with_people().staying_today()

    def staying_today(self) -> "MembershipQuerySet":
        return self.filter(Q(left_on=None) | Q(left_on__gt=timezone.localdate()))

    def of_page(self, slug: str) -> "MembershipQuerySet":
        """The one for the pages of a setting, which is at hand, and whether it has a logo. Every page asks for it."""
        has_logo = Q(setting__logo__isnull=False)
        found = self.select_related("setting").defer("setting__logo").annotate(setting_has_logo=has_logo)
        return found.staying_today().filter(setting__slug=slug).order_by("pk")

    def left(self) -> "MembershipQuerySet":
        return self.with_people().filter(left_on__lte=timezone.localdate())

    def staying(self) -> "MembershipQuerySet":
        """Those for whom no leaving day is set, and who can sign in."""
        return self.filter(left_on=None, user__is_active=True)

    def with_role(self, role: Role) -> "MembershipQuerySet":
        return self.filter(roles__contains=[role.value])

    def tie_to_confirm(self) -> "MembershipQuerySet":
        """Practitioners who say which service they work for, and nobody has confirmed it."""
        found = self.current().with_role(Role.PRACTITIONER)
        return found.filter(service__isnull=False, tie_confirmed_on=None)

    def matching(self, words: str) -> "MembershipQuerySet":
        """Those whose name, address, job or service has all of `words`, whatever the accents."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(user__full_name__unaccent__icontains=word)
                | Q(user__email__icontains=word)
                | Q(job_title__unaccent__icontains=word)
                | Q(service__name__unaccent__icontains=word)
            )
        return found


def validate_roles(roles: list[str]) -> None:
    if not roles or set(roles) - set(Role.values):
        raise ValidationError("Choose at least one role.")


@pghistory.track()
class Membership(models.Model):
    """A person in one setting. Permissions are the union of the roles'."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    setting = models.ForeignKey(Setting, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    roles = ArrayField(models.CharField(max_length=20, choices=Role), validators=[validate_roles])
    job_title = models.CharField(max_length=120, blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    sector = models.CharField(max_length=20, choices=Sector, default=Sector.EDUCATION)
    service = models.ForeignKey(
        "directory.Service", on_delete=models.SET_NULL, null=True, blank=True, related_name="memberships"
    )
    tie_confirmed_on = models.DateField(null=True, blank=True)
    tie_confirmed_by = models.CharField(max_length=120, blank=True)
    joined_on = models.DateField(default=timezone.localdate)
    left_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["user__sort_name"]
        constraints = [
            models.UniqueConstraint(fields=["setting", "user"], name="membership_once_in_setting"),
            models.CheckConstraint(
                condition=Q(roles__contained_by=Role.values) & Q(roles__len__gt=0),
                name="membership_has_known_roles",
            ),
        ]

    def __str__(self) -> str:
        return self.user.full_name

    @property
    def permissions(self) -> frozenset[Permission]:
        return frozenset[Permission]().union(*(ROLE_PERMISSIONS[role] for role in self.roles))

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    @property
    def is_current(self) -> bool:
        return self.left_on is None or self.left_on > timezone.localdate()

    @property
    def is_coordinator(self) -> bool:
        return Role.COORDINATOR in self.roles

    @property
    def is_practitioner(self) -> bool:
        return Role.PRACTITIONER in self.roles

    @property
    def role_words(self) -> str:
        return ", ".join(Role(role).label for role in self.roles)

    @property
    def agency_name(self) -> str:
        return self.service.agency.name if self.service else self.setting.name


def invitation_expiry() -> Any:
    return timezone.now() + timedelta(days=INVITATION_DAYS)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self) -> "InvitationQuerySet":
        """Sent, and neither accepted nor withdrawn; expired ones are among them."""
        return self.filter(accepted_at=None, withdrawn_at=None)


@pghistory.track(exclude=["nonce"])
class Invitation(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    setting = models.ForeignKey(Setting, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField("e-mail")
    full_name = models.CharField(max_length=120, blank=True)
    roles = ArrayField(models.CharField(max_length=20, choices=Role), validators=[validate_roles])
    job_title = models.CharField(max_length=120, blank=True)
    sector = models.CharField(max_length=20, choices=Sector, default=Sector.OTHER)
    service = models.ForeignKey(
        "directory.Service", on_delete=models.SET_NULL, null=True, blank=True, related_name="invitations"
    )
    nonce = models.CharField(max_length=40, default=new_nonce)
    invited_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, related_name="invitations_sent"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(default=timezone.now)
    sent_count = models.PositiveSmallIntegerField(default=1)
    expires_at = models.DateTimeField(default=invitation_expiry)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, related_name="invitations_accepted"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                "setting",
                Lower("email"),
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="invitation_waiting_once",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="invitation_accepted_or_withdrawn"
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def role_words(self) -> str:
        return ", ".join(Role(role).label for role in self.roles)
