"""Who may come in."""

from enishi.accounts.models.consent import Consent, ErasureRecord
from enishi.accounts.models.email_change import EmailChange
from enishi.accounts.models.invitation import Invitation
from enishi.accounts.models.registration import Registration
from enishi.accounts.models.roster import ImportRun, RosterEntry
from enishi.accounts.models.route import RegistrationRoute
from enishi.accounts.models.ticket import SignInTicket
from enishi.accounts.models.user import Role, User

__all__ = [
    "Consent",
    "EmailChange",
    "ErasureRecord",
    "ImportRun",
    "Invitation",
    "Registration",
    "RegistrationRoute",
    "Role",
    "RosterEntry",
    "SignInTicket",
    "User",
]
