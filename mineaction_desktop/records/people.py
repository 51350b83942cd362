"""Accidents, the people in them, survivors and services; identity stands apart and is sealed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped

from mineaction_desktop.domain.dates import PartialDate
from mineaction_desktop.records import columns as c
from mineaction_desktop.records.base import Record


class Accident(Record, kw_only=True):
    """An event in which ordnance killed or injured people, or could have (IMAS 10.60)."""

    prefix = "ACC"

    date: Mapped[PartialDate] = c.partial_date(required=True)
    time_band: Mapped[str | None] = c.choice("time_band")
    admin_unit_id: Mapped[str | None] = c.link("admin_unit")
    place: Mapped[str | None] = c.text()
    latitude: Mapped[float | None] = c.latitude()
    longitude: Mapped[float | None] = c.longitude()
    position_text: Mapped[str | None] = c.text()
    position_format: Mapped[str | None] = c.choice("position_format")
    location_precision: Mapped[str | None] = c.choice("location_precision")
    kind: Mapped[str] = c.choice("accident_kind", required=True)
    device: Mapped[str] = c.choice("casualty_device", required=True)
    ordnance_type_id: Mapped[str | None] = c.link("ordnance_type")
    activated_by: Mapped[str | None] = c.choice("activated_by")
    hazardous_area_id: Mapped[str | None] = c.link("hazardous_area")
    inside_recorded_area: Mapped[str | None] = c.choice("yes_no_unknown")
    marked_before: Mapped[str | None] = c.choice("yes_no_unknown")
    cleared_before: Mapped[str | None] = c.choice("yes_no_unknown")
    killed: Mapped[int | None] = c.quantity()
    injured: Mapped[int | None] = c.quantity()
    outcome_unknown: Mapped[int | None] = c.quantity()
    persons_complete: Mapped[bool | None] = c.yes_no()
    land_use: Mapped[str | None] = c.choice("land_use")
    cause: Mapped[str | None] = c.long_text()
    reliability: Mapped[str | None] = c.choice("reliability")


class Casualty(Record, kw_only=True):
    """A person killed or injured in an accident, without identity."""

    prefix = "CAS"

    accident_id: Mapped[str] = c.link("accident", required=True, parent=True)
    sex: Mapped[str] = c.choice("sex", required=True)
    age: Mapped[int | None] = c.integer(unit="years")
    age_band: Mapped[str | None] = c.choice("age_band")
    outcome: Mapped[str] = c.choice("outcome", required=True)
    outcome_date: Mapped[PartialDate | None] = c.partial_date()
    civilian_status: Mapped[str] = c.choice("civilian_status", required=True)
    nationality: Mapped[str | None] = c.choice("country")
    activity: Mapped[str | None] = c.choice("activity_at_accident")
    tampered: Mapped[str | None] = c.choice("yes_no_unknown")
    knew_danger: Mapped[str | None] = c.choice("yes_no_unknown")
    received_eore: Mapped[str | None] = c.choice("yes_no_unknown")
    injuries: Mapped[list[str] | None] = c.choices("injury")
    losses: Mapped[list[str] | None] = c.choices("lasting_loss")


class Survivor(Record, kw_only=True):
    """A survivor or an indirect victim as a case: a code, what services need, and consent."""

    prefix = "SUR"

    casualty_id: Mapped[str | None] = c.link("casualty")
    victim_type: Mapped[str] = c.choice("victim_type", required=True)
    relation: Mapped[str | None] = c.choice("family_relation")
    sex: Mapped[str] = c.choice("sex", required=True)
    birth_year: Mapped[int | None] = c.integer(minimum=1900)
    age_band: Mapped[str | None] = c.choice("age_band")
    admin_unit_id: Mapped[str | None] = c.link("admin_unit")
    registered_on: Mapped[PartialDate] = c.partial_date(required=True)
    deceased_on: Mapped[PartialDate | None] = c.partial_date()
    losses: Mapped[list[str] | None] = c.choices("lasting_loss")
    wg_seeing: Mapped[str | None] = c.choice("washington_group")
    wg_hearing: Mapped[str | None] = c.choice("washington_group")
    wg_walking: Mapped[str | None] = c.choice("washington_group")
    wg_remembering: Mapped[str | None] = c.choice("washington_group")
    wg_self_care: Mapped[str | None] = c.choice("washington_group")
    wg_communicating: Mapped[str | None] = c.choice("washington_group")
    wg_date: Mapped[dt.date | None] = c.day()
    wg_by_proxy: Mapped[bool | None] = c.yes_no()
    displacement: Mapped[str | None] = c.choice("displacement")
    head_of_household: Mapped[bool | None] = c.yes_no()
    education: Mapped[str | None] = c.choice("education_level")
    occupation_before: Mapped[str | None] = c.text()
    occupation_after: Mapped[str | None] = c.text()
    consent: Mapped[str] = c.choice("consent", required=True)
    consent_date: Mapped[dt.date | None] = c.day()
    consent_form: Mapped[str | None] = c.text()
    share_with_authorities: Mapped[bool | None] = c.yes_no()
    share_with_ngos: Mapped[bool | None] = c.yes_no()
    review_on: Mapped[dt.date | None] = c.day()


class PersonIdentity(Record, kw_only=True):
    """Who a survivor is: every field encrypted, never in a report, exported only on request."""

    prefix = "PID"

    survivor_id: Mapped[str] = c.link("survivor", required=True)
    full_name: Mapped[str | None] = c.sealed()
    id_number: Mapped[str | None] = c.sealed()
    birth_date: Mapped[str | None] = c.sealed()
    phone: Mapped[str | None] = c.sealed()
    address: Mapped[str | None] = c.sealed()
    home_position: Mapped[str | None] = c.sealed()


class ServiceProvider(Record, kw_only=True):
    """Who serves survivors, with what, where, and what is missing."""

    prefix = "PRV"

    name: Mapped[str] = c.text(required=True)
    kind: Mapped[str | None] = c.choice("provider_kind")
    organisation_id: Mapped[str | None] = c.link("organisation")
    admin_unit_id: Mapped[str | None] = c.link("admin_unit")
    place: Mapped[str | None] = c.text()
    services: Mapped[list[str] | None] = c.choices("service_type")
    reach: Mapped[str | None] = c.text()
    capacity: Mapped[str | None] = c.text()
    accessible: Mapped[str | None] = c.choice("yes_no_unknown")
    gap: Mapped[str | None] = c.long_text()
    contact: Mapped[str | None] = c.text()


class SurvivorService(Record, kw_only=True):
    """A service given to one person, or to many counted together."""

    prefix = "SRV"

    mode: Mapped[str] = c.choice("service_mode", required=True)
    service_type: Mapped[str] = c.choice("service_type", required=True)
    sub_type: Mapped[str | None] = c.text()
    date: Mapped[PartialDate] = c.partial_date(required=True)
    provider_id: Mapped[str | None] = c.link("service_provider")
    admin_unit_id: Mapped[str | None] = c.link("admin_unit")
    survivor_id: Mapped[str | None] = c.link("survivor")
    cause_filter: Mapped[str | None] = c.choice("cause_filter")
    count_kind: Mapped[str] = c.choice("count_kind", required=True)
    women: Mapped[int | None] = c.quantity()
    girls: Mapped[int | None] = c.quantity()
    men: Mapped[int | None] = c.quantity()
    boys: Mapped[int | None] = c.quantity()
    unknown: Mapped[int | None] = c.quantity()
    with_disability: Mapped[int | None] = c.quantity()
    survivors: Mapped[int | None] = c.quantity()
    number_of_services: Mapped[int | None] = c.quantity()
    outcome: Mapped[str | None] = c.long_text()
    cost: Mapped[int | None] = c.money()
    currency: Mapped[str | None] = c.choice("currency")
    funder_id: Mapped[str | None] = c.link("organisation")


class Referral(Record, kw_only=True):
    """A need that was passed on to a provider, and whether it was met."""

    prefix = "REF"

    survivor_id: Mapped[str] = c.link("survivor", required=True)
    need: Mapped[str] = c.choice("service_type", required=True)
    date: Mapped[PartialDate] = c.partial_date(required=True)
    from_provider_id: Mapped[str | None] = c.link("service_provider")
    to_provider_id: Mapped[str | None] = c.link("service_provider")
    accepted: Mapped[str | None] = c.choice("yes_no_unknown")
    completed_on: Mapped[PartialDate | None] = c.partial_date()
    outcome: Mapped[str | None] = c.long_text()
