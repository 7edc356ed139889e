"""What the headers of requests and answers say: digests (RFC 9530), signatures (RFC 9421), and invitations."""

import base64
import hashlib
from collections import namedtuple

import chain
import ed25519
from wire import demand

CONTENT_TYPE = "application/vnd.fieldbook.v1"
REQUEST_PARTS = '("@method" "@path" "content-digest")'
ANSWER_PARTS = '("@status" "content-digest" "nonce" "signature";req;key="fb")'

Invitation = namedtuple("Invitation", "address code hub_key")


def colons(data):
    """Base64 between colons."""
    return ":" + base64.b64encode(data).decode() + ":"


def content_digest(body):
    """The value of Content-Digest for a body as it travels."""
    return "sha-256=" + colons(hashlib.sha256(body).digest())


def request_parameters(nonce, device):
    return f'{REQUEST_PARTS};nonce="{nonce}";keyid="{device.hex()}";tag="fbq1"'


def request_base(path, digest, parameters):
    """The four lines that a device signs."""
    return "\n".join(['"@method": POST', f'"@path": {path}', f'"content-digest": {digest}',
                      f'"@signature-params": {parameters}'])


def sign_request(private_key, path, body, nonce):
    """The three headers that sign a request."""
    parameters = request_parameters(nonce, chain.device_of_private(private_key))
    digest = content_digest(body)
    signature = ed25519.sign(private_key, request_base(path, digest, parameters).encode())
    return {"Content-Digest": digest, "Signature-Input": "fb=" + parameters,
            "Signature": "fb=" + colons(signature)}


def answer_base(status, digest, nonce, request_signature):
    """The five lines that a hub signs. `request_signature` is the request's whole Signature header."""
    signature = request_signature.removeprefix("fb=")
    parameters = ANSWER_PARTS + ';tag="fba1"'
    return "\n".join([f'"@status": {status}', f'"content-digest": {digest}', f'"nonce": {nonce}',
                      f'"signature";req;key="fb": {signature}', f'"@signature-params": {parameters}'])


def verify_answer(hub_key, status, body, nonce, signature, request_signature):
    """Whether an answer is the pinned hub's, to this request. It is checked before the body is looked into."""
    base = answer_base(status, content_digest(body), nonce, request_signature)
    return ed25519.verify(hub_key, base.encode(), signature_bytes(signature))


def signature_bytes(header):
    """The bytes in a Signature header; none if it is not exactly as it must be."""
    if not (header.startswith("fb=:") and header.endswith(":")):
        return b""
    try:
        return base64.b64decode(header[len("fb=:"):-1], validate=True)
    except ValueError:
        return b""


def read_invitation(link):
    """The address, the code and the hub's key of a link. Refuses any other text."""
    rest, mark, key = link.partition("#")
    address, join, code = rest.rpartition("/join/")
    demand(mark and join, "an invitation is address/join/code#key")
    demand(address.startswith(("http://", "https://")) and not address.endswith("/"), "the address is http or https")
    return Invitation(address, base64url(code, 16), base64url(key, 32))


def base64url(text, size):
    """Bytes of a size from base64url without padding."""
    demand("=" not in text, "no padding")
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        data = b""
    demand(len(data) == size and base64.urlsafe_b64encode(data).rstrip(b"=") == text.encode(), "a wrong code or key")
    return data
