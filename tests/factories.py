"""Invented rows for tests."""

import factory
from factory.django import DjangoModelFactory

from directory.models import Agency, Service
from partnerships.access import Role
from partnerships.models import Membership, Partnership, Setting, User
from partnerships.sectors import Sector

PASSWORD = "correct horse battery"


class SettingFactory(DjangoModelFactory[Setting]):
    class Meta:
        model = Setting

    name = factory.Sequence(lambda n: f"School {n}")
    slug = factory.Sequence(lambda n: f"school-{n}")
    safeguarding_name = "Ruth Adeyemi"
    safeguarding_telephone = "01632 960142"


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    full_name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password(PASSWORD)


class AgencyFactory(DjangoModelFactory[Agency]):
    class Meta:
        model = Agency

    name = factory.Sequence(lambda n: f"Agency {n}")
    sector = Sector.HEALTH


class ServiceFactory(DjangoModelFactory[Service]):
    class Meta:
        model = Service

    agency = factory.SubFactory(AgencyFactory)
    name = factory.Sequence(lambda n: f"Service {n}")
    sector = factory.SelfAttribute("agency.sector")
    steward = factory.SubFactory(SettingFactory)


class PartnershipFactory(DjangoModelFactory[Partnership]):
    class Meta:
        model = Partnership

    setting = factory.SubFactory(SettingFactory)
    service = factory.SubFactory(ServiceFactory, steward=factory.SelfAttribute("..setting"))


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    setting = factory.SubFactory(SettingFactory)
    user = factory.SubFactory(UserFactory)
    roles = [Role.COORDINATOR]
