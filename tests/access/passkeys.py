"""A passkey as a browser would have registered it."""

from hashlib import sha256

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    RegistrationResponse,
)

from openipt.people.models import Member


def register(owner: Member, name: str) -> int:
    """Give somebody a passkey; return its number."""
    key_id = sha256(name.encode()).digest()
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    known = AttestedCredentialData.create(
        bytes(16), key_id, ES256.from_cryptography_key(public)
    )
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    said = AuthenticatorData.create(sha256(b"testserver").digest(), flags, 0, known)
    response = RegistrationResponse(
        raw_id=key_id,
        response=AuthenticatorAttestationResponse(
            client_data=CollectedClientData.create(
                "webauthn.create", b"challenge", "http://testserver"
            ),
            attestation_object=AttestationObject.create("none", said, {}),
        ),
    )
    made = Authenticator.objects.create(
        user=owner.account,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": name, "credential": dict(response)},
    )
    return made.pk
