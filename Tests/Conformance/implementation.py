"""Answers the questions of Conformance.md with this client's modules."""

import chain
import comparing
import conformance
import ed25519
import http_signature
import json_form
import merge
import snapshot
from block import decode_block, encode_block
from commit import Stub, check_writes, decode_payload, dot_of, encode_payload, header_of
from frames import decode_frame, encode_frame
from wire import fixed


def unhex(question, name):
    return bytes.fromhex(question[name])


def read_entries(json):
    return [json_form.read_entry(entry) for entry in json]


def on_decode_payload(question):
    writes = decode_payload(unhex(question, "payload"))
    return {"writes": [json_form.write_json(write) for write in writes]}


def on_encode_payload(question):
    writes = [json_form.read_write(write) for write in question["writes"]]
    check_writes(writes)
    return {"payload": encode_payload(writes).hex()}


def on_digest(question):
    entry = json_form.read_entry(question["entry"])
    if isinstance(entry, Stub):
        return {"digest": entry.digest.hex()}
    payload_digest = chain.payload_digest_of(entry)
    return {"payloadDigest": payload_digest.hex(), "header": header_of(entry, payload_digest).hex(),
            "digest": chain.digest_of(entry).hex()}


def on_chain(question):
    hashes = [unhex(question, "from")]
    for digest in question["digests"]:
        hashes.append(chain.link(hashes[-1], bytes.fromhex(digest)))
    return {"chains": [hash.hex() for hash in hashes[1:]]}


def on_salt(question):
    return {"salt": chain.salt_of(unhex(question, "secret"), unhex(question, "device"), question["seq"]).hex()}


def on_sign_push(question):
    private = unhex(question, "privateKey")
    device = chain.device_of_private(private)
    message = chain.push_message(json_form.id_bytes(question["congregation"]), device, question["seq"],
                                 unhex(question, "chain"))
    return {"device": device.hex(), "message": message.hex(), "signature": ed25519.sign(private, message).hex()}


def on_verify(question):
    return {"holds": ed25519.verify(unhex(question, "publicKey"), unhex(question, "message"),
                                    unhex(question, "signature"))}


def on_decode_block(question):
    return {"entries": [json_form.entry_json(entry) for entry in decode_block(unhex(question, "block"))]}


def on_encode_block(question):
    return {"block": encode_block(read_entries(question["entries"])).hex()}


def on_decode_snapshot_block(question):
    content = unhex(question, "content")
    plain, entries = snapshot.read_block(unhex(question, "hash"), question["bytes"], question["commits"], content)
    return {"plain": plain.hex(), "entries": [json_form.entry_json(entry) for entry in entries]}


def on_apply(question):
    replicas = [read_entries(replica) for replica in question["replicas"]]
    first = replicas[0][0]
    record = merge.Record(first.kind, first.record)
    for replica in replicas:
        record.merge(merge.state_of(first.kind, first.record, replica))
    return json_form.record_json(record)


def on_fingerprints(question):
    records = {}
    for commit in read_entries(question["commits"]):
        name = (commit.kind, commit.record)
        records.setdefault(name, merge.Record(*name)).apply(commit)
    by_space = merge.fingerprints(records.values())
    return {"spaces": {json_form.id_text(space): by_space[space].hex() for space in sorted(by_space)},
            "fingerprint": merge.fingerprint(records.values()).hex()}


def on_compare(question):
    mine, theirs = read_entries(question["mine"]), read_entries(question["theirs"])
    first = (mine + theirs)[0]
    refused = [commit for commit in mine if json_form.dot_text(dot_of(commit)) in question.get("refused", [])]
    mine, theirs = (merge.state_of(first.kind, first.record, commits) for commits in (mine, theirs))
    mine.withdraw(refused)
    return {"gives": [json_form.write_json(write) for commit in comparing.beyond(mine, theirs) for write in commit]}


def on_decode_frame(question):
    message = question["message"]
    return {"fields": json_form.frame_json(message, decode_frame(message, unhex(question, "frame")))}


def on_encode_frame(question):
    message = question["message"]
    return {"frame": encode_frame(message, json_form.read_frame(message, question["fields"])).hex()}


def on_sign_request(question):
    headers = http_signature.sign_request(unhex(question, "privateKey"), question["path"], unhex(question, "body"),
                                          question["nonce"])
    base = http_signature.request_base(question["path"], headers["Content-Digest"],
                                       headers["Signature-Input"].removeprefix("fb="))
    return {"base": base, "contentDigest": headers["Content-Digest"], "signatureInput": headers["Signature-Input"],
            "signature": headers["Signature"]}


def on_verify_answer(question):
    hub_key, body = unhex(question, "hubKey"), unhex(question, "body")
    base = http_signature.answer_base(question["status"], http_signature.content_digest(body), question["nonce"],
                                      question["requestSignature"])
    holds = http_signature.verify_answer(hub_key, question["status"], body, question["nonce"], question["signature"],
                                         question["requestSignature"])
    return {"base": base, "holds": holds}


def on_read_invitation(question):
    invitation = http_signature.read_invitation(question["link"])
    return {"address": invitation.address, "code": invitation.code.hex(), "hubKey": invitation.hub_key.hex()}


COMMANDS = {name.removeprefix("on_").replace("_", "-"): function
            for name, function in list(globals().items()) if name.startswith("on_")}

if __name__ == "__main__":
    conformance.serve(COMMANDS)
