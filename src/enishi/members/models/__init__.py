"""Who you are here."""

from enishi.members.models.mail_stop import MailStop
from enishi.members.models.member import FieldVisibility, Member, OfficeRequest
from enishi.members.models.stint import Department, Organisation, Site, Stint

__all__ = ["Department", "FieldVisibility", "MailStop", "Member", "OfficeRequest", "Organisation", "Site", "Stint"]
