"""What accounts hold of people and organisations."""

from __future__ import annotations

from typing import Final

from accounts.consents.models import Consent, ConsentText
from accounts.factors.models import (
    Authenticator,
    Passkey,
    PasskeyChallenge,
    RecoveryCode,
    SignInStep,
)
from accounts.models import (
    AccessToken,
    Challenge,
    ContactPoint,
    Credential,
    Invitation,
    JoinRequest,
    KeptForm,
    LoginSession,
    Membership,
    Organisation,
    OrganisationDocument,
    OrganisationMark,
    OrganisationName,
    OrganisationProfile,
    Person,
    PersonExport,
    Sanction,
)
from accounts.recovery.models import Recovery
from accounts.sign_on.models import (
    IdentityProvider,
    LinkedIdentity,
    OrganisationDomain,
    SignOn,
)
from accounts.support.models import SupportGrant
from accounts.units.models import Unit
from core.amendments import Amendment
from core.features import FeatureChoice
from core.holdings import Holding, Keeps
from core.models import Approval, Job
from core.stops import Stop

CORE: Final = (
    Holding(Approval.person, Keeps.ACT),
    Holding(Job.person, Keeps.ACT, Job, Job.id),
    Holding(Amendment.proposed_by, Keeps.ACT, Amendment, Amendment.id),
    Holding(Amendment.decided_by, Keeps.ACT, Amendment, Amendment.id),
    Holding(Stop.pulled_by, Keeps.ACT, Stop, Stop.id),
    Holding(Stop.released_by, Keeps.ACT, Stop, Stop.id),
    Holding(FeatureChoice.made_by, Keeps.ACT, FeatureChoice, FeatureChoice.id),
)
"""Of the tables that every area shares."""

ACCOUNTS: Final = (
    Holding(ContactPoint.person, Keeps.OWN, Person, ContactPoint.person),
    Holding(
        Credential.person, Keeps.OWN, Person, Credential.person, secret=(Credential.hash,)
    ),
    Holding(
        SupportGrant.person, Keeps.OWN, SupportGrant, SupportGrant.id,
        secret=(SupportGrant.code_hash, SupportGrant.operator, SupportGrant.ended_by),
    ),
    Holding(SupportGrant.operator, Keeps.ACT, SupportGrant, SupportGrant.id),
    Holding(SupportGrant.ended_by, Keeps.ACT, SupportGrant, SupportGrant.id),
    Holding(Organisation.merged_into, Keeps.TENANT, Organisation, Organisation.id),
    Holding(Unit.organisation, Keeps.TENANT, Organisation, Unit.organisation),
    Holding(Consent.person, Keeps.OWN, Person, Consent.person),
    Holding(ConsentText.published_by, Keeps.ACT, ConsentText, ConsentText.id),
    Holding(PersonExport.person, Keeps.OWN, Person, PersonExport.person),
    Holding(Challenge.person, Keeps.OWN, Person, Challenge.person),
    Holding(
        AccessToken.person,
        Keeps.OWN,
        Person,
        AccessToken.person,
        secret=(AccessToken.token_hash,),
    ),
    Holding(Authenticator.person, Keeps.OWN, Person, Authenticator.person),
    Holding(Passkey.person, Keeps.OWN, Person, Passkey.person),
    Holding(PasskeyChallenge.person, Keeps.OWN, secret=(PasskeyChallenge.signs,)),
    Holding(
        RecoveryCode.person, Keeps.OWN, Person, RecoveryCode.person, secret=(RecoveryCode.hash,)
    ),
    Holding(
        SignInStep.person, Keeps.OWN, Person, SignInStep.person, secret=(SignInStep.token_hash,)
    ),
    Holding(KeptForm.person, Keeps.OWN, secret=(KeptForm.session,)),
    Holding(LoginSession.person, Keeps.OWN, secret=(LoginSession.token_hash,)),
    Holding(Membership.person, Keeps.ACT, Organisation, Membership.organisation),
    Holding(Membership.heir, Keeps.ACT, Organisation, Membership.organisation),
    Holding(Membership.organisation, Keeps.TENANT, Organisation, Membership.organisation),
    Holding(
        JoinRequest.person, Keeps.SAID, Organisation, JoinRequest.organisation,
        clears=(JoinRequest.note,),
    ),
    Holding(JoinRequest.organisation, Keeps.TENANT, Organisation, JoinRequest.organisation),
    Holding(JoinRequest.answered_by, Keeps.ACT, Organisation, JoinRequest.organisation),
    Holding(Invitation.invited_by, Keeps.ACT, Organisation, Invitation.organisation),
    Holding(Invitation.accepted_by, Keeps.OWN, Organisation, Invitation.organisation),
    Holding(Invitation.organisation, Keeps.TENANT, Organisation, Invitation.organisation),
    Holding(Organisation.registered_by, Keeps.ACT, Organisation, Organisation.id),
    Holding(Organisation.decided_by, Keeps.ACT, Organisation, Organisation.id),
    Holding(Organisation.heir, Keeps.ACT, Organisation, Organisation.id),
    Holding(
        OrganisationName.organisation, Keeps.TENANT, Organisation, OrganisationName.organisation
    ),
    Holding(
        Sanction.person, Keeps.SAID, Sanction, Sanction.id,
        clears=(Sanction.reason, Sanction.note),
        secret=(Sanction.imposed_by, Sanction.lifted_by),
    ),
    Holding(Sanction.organisation, Keeps.TENANT, Sanction, Sanction.id),
    Holding(Sanction.imposed_by, Keeps.ACT, Sanction, Sanction.id),
    Holding(Sanction.lifted_by, Keeps.ACT, Sanction, Sanction.id),
    Holding(
        OrganisationProfile.organisation,
        Keeps.TENANT,
        Organisation,
        OrganisationProfile.organisation,
    ),
    Holding(
        OrganisationDocument.organisation,
        Keeps.TENANT,
        Organisation,
        OrganisationDocument.organisation,
    ),
    Holding(
        OrganisationDocument.added_by, Keeps.ACT, Organisation, OrganisationDocument.organisation
    ),
    Holding(
        OrganisationMark.organisation, Keeps.TENANT, Organisation, OrganisationMark.organisation
    ),
    Holding(OrganisationMark.verified_by, Keeps.ACT, Organisation, OrganisationMark.organisation),
    Holding(
        Recovery.person, Keeps.OWN, Person, Recovery.person,
        secret=(Recovery.vouched_by, Recovery.approved_by, Recovery.ended_by),
    ),
    Holding(Recovery.vouched_by, Keeps.ACT, Person, Recovery.person),
    Holding(Recovery.approved_by, Keeps.ACT, Person, Recovery.person),
    Holding(Recovery.ended_by, Keeps.ACT, Person, Recovery.person),
    Holding(LinkedIdentity.person, Keeps.OWN, Person, LinkedIdentity.person),
    Holding(SignOn.person, Keeps.OWN),
    Holding(
        IdentityProvider.organisation, Keeps.TENANT, Organisation, IdentityProvider.organisation,
        secret=(IdentityProvider.secret,),
    ),
    Holding(IdentityProvider.proposed_by, Keeps.ACT, Organisation, IdentityProvider.organisation),
    Holding(IdentityProvider.decided_by, Keeps.ACT, Organisation, IdentityProvider.organisation),
    Holding(
        OrganisationDomain.organisation, Keeps.TENANT, Organisation, OrganisationDomain.organisation
    ),
    Holding(
        OrganisationDomain.claimed_by, Keeps.ACT, Organisation, OrganisationDomain.organisation
    ),
    Holding(
        OrganisationDomain.decided_by, Keeps.ACT, Organisation, OrganisationDomain.organisation
    ),
)  # fmt: skip
