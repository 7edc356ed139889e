"""Drives a program through all vectors: drive.py [--vectors DIR] [--against COMMAND] PROGRAM [ARGUMENT…]

With --against, a second program gets the same made-up commits, and the two must say the same.
"""

import argparse
import gzip
import json
import pathlib
import random
import shlex
import sys

import chain
import ed25519
import http_signature
import json_form
from conformance import Program
from frames import decode_frame
from wire import varint

ZERO = "00" * 32


class Report:
    """Counts what holds, and prints what does not."""

    def __init__(self):
        self.held, self.failed, self.unsupported = 0, 0, set()

    def equal(self, what, answer, wanted):
        """The answer must have all that is wanted."""
        if "unsupported" in answer:
            self.unsupported.add(answer["unsupported"])
        elif all(tidy(answer.get(name)) == tidy(value) for name, value in wanted.items()):
            self.held += 1
        else:
            self.fail(what, answer, wanted)

    def refused(self, what, answer):
        """The answer must be a refusal."""
        if "unsupported" in answer:
            self.unsupported.add(answer["unsupported"])
        elif "refused" in answer:
            self.held += 1
        else:
            self.fail(what, answer, "refused")

    def holds(self, what, condition):
        if condition:
            self.held += 1
        else:
            self.fail(what, condition, True)

    def fail(self, what, answer, wanted):
        self.failed += 1
        print(f"FAILED {what}\n  wanted {shown(wanted)}\n  got    {shown(answer)}")


def shown(thing):
    text = json.dumps(thing, ensure_ascii=False, sort_keys=True)
    return text if len(text) < 2000 else text[:2000] + " …"


def tidy(thing):
    """What the vectors may write or leave out is left out: empty lists and texts, zeros, false."""
    if isinstance(thing, dict):
        kept = {name: tidy(value) for name, value in thing.items()}
        return {name: value for name, value in kept.items() if value is not False and value not in ([], "", 0, None)}
    return [tidy(item) for item in thing] if isinstance(thing, list) else thing


# --- The files

def drive_commits(program, vectors, report):
    before = ZERO
    for item in vectors["chain"]:
        what = f"commits: seq {item['entry']['seq']}: "
        if "payload" in item:
            writes = item["entry"]["writes"]
            report.equal(what + "decode", program.ask("decode-payload", payload=item["payload"]), {"writes": writes})
            report.equal(what + "encode", program.ask("encode-payload", writes=writes), {"payload": item["payload"]})
        wanted = {name: item[name] for name in ("payloadDigest", "header", "digest") if name in item}
        report.equal(what + "digest", program.ask("digest", entry=item["entry"]), wanted)
        answer = program.ask("chain", **{"from": before, "digests": [item["digest"]]})
        report.equal(what + "chain", answer, {"chains": [item["chain"]]})
        before = item["chain"]
    for item in vectors["salts"]:
        answer = program.ask("salt", secret=item["secret"], device=item["device"], seq=item["seq"])
        report.equal(f"commits: salt {item['seq']}", answer, {"salt": item["salt"]})
    drive_push(program, vectors["push"], report)
    for item in vectors["longest"]:
        payload = whole(item, "payload")
        answer = program.ask("decode-payload", payload=payload)
        report.equal(f"commits: {len(payload)} digits", program.ask("encode-payload", **answer), {"payload": payload})
    for item in vectors["refused"]:
        report.refused("commits: " + item["why"], program.ask("decode-payload", payload=whole(item, "payload")))


def whole(item, name):
    """The hexadecimal text of an item, which may be written in parts."""
    return item[name] if name in item else "".join(part_text(**part) for part in item["parts"])


def part_text(bytes, times, first=None, step=0):
    """Some bytes so many times, each time followed, if there is a first number, by the varint of it and the next."""
    if first is None:
        return bytes * times
    return "".join(bytes + varint(first + step * time).hex() for time in range(times))


def drive_push(program, push, report):
    answer = program.ask("sign-push", privateKey=push["privateKey"], congregation=push["congregation"],
                         seq=push["seq"], chain=push["chain"])
    report.equal("commits: push", answer, {"device": push["device"], "message": push["message"]})
    report.holds("commits: push signed", is_signed(push["publicKey"], push["message"], answer.get("signature", "")))
    for_verify = {"publicKey": push["publicKey"], "message": push["message"]}
    report.equal("commits: push holds", program.ask("verify", signature=push["signature"], **for_verify),
                 {"holds": True})
    s = int.from_bytes(bytes.fromhex(push["signature"])[32:], "little")
    too_large = push["signature"][:64] + (s + ed25519.L).to_bytes(32, "little").hex()
    report.equal("commits: S + L", program.ask("verify", signature=too_large, **for_verify), {"holds": False})
    flipped = push["signature"][:-2] + "00"
    report.equal("commits: a flipped signature", program.ask("verify", signature=flipped, **for_verify),
                 {"holds": False})


def is_signed(public_key, message, signature):
    return ed25519.verify(bytes.fromhex(public_key), bytes.fromhex(message), bytes.fromhex(signature))


def drive_blocks(program, vectors, report):
    for item in vectors["blocks"]:
        what, entries = "blocks: " + item["name"] + ": ", item["entries"]
        report.equal(what + "decode", program.ask("decode-block", block=item["block"]), {"entries": entries})
        report.equal(what + "encode", program.ask("encode-block", entries=entries), {"block": item["block"]})
    for item in vectors["longest"]:
        block = whole(item, "block")
        answer = program.ask("decode-block", block=block)
        report.equal("blocks: " + item["name"], program.ask("encode-block", **answer), {"block": block})
    for item in vectors["refused"]:
        report.refused(f"blocks: {item['name']}: {item['why']}", program.ask("decode-block", block=whole(item, "block")))


def drive_merge(program, vectors, report):
    for case in vectors["cases"]:
        commits = {commit["name"]: commit for commit in case["commits"]}
        for arrival in case["arrivals"]:
            replicas = [[commits[name] for name in replica.split()] for replica in arrival.split("|")]
            wanted = {name: case[name] for name in ("cells", "life", "fingerprint")}
            report.equal(f"merge: {case['name']}: {arrival}", program.ask("apply", replicas=replicas), wanted)


def drive_comparing(program, vectors, report):
    for case in vectors["cases"]:
        answer = program.ask("compare", **{name: case[name] for name in ("mine", "refused", "theirs")})
        report.equal(f"comparing: {case['name']}", answer, {"gives": case["gives"]})


def drive_frames(program, vectors, report):
    for item in vectors["frames"]:
        what, message, fields = "frames: " + item["name"] + ": ", item["message"], item["fields"]
        answer = program.ask("decode-frame", message=message, frame=item["frame"])
        report.equal(what + "decode", answer, {"fields": fields})
        answer = program.ask("encode-frame", message=message, fields=fields)
        report.equal(what + "encode", answer | frame_fields(message, answer), {"fields": fields})
        another = item["frame"].replace("0801", "0802", 1)
        report.refused(what + "version 2", program.ask("decode-frame", message=message, frame=another))
        unknown = item["frame"] + "f2ff7f03010203" + "f8ff7f2a"
        answer = program.ask("decode-frame", message=message, frame=unknown)
        report.equal(what + "unknown fields", answer, {"fields": fields})


def frame_fields(message, answer):
    """The fields of a frame that was written: frames need not be canonical."""
    if "frame" not in answer:
        return {}
    return {"fields": json_form.frame_json(message, decode_frame(message, bytes.fromhex(answer["frame"])))}


def drive_snapshot(program, vectors, report):
    for item in vectors["blocks"]:
        answer = program.ask("decode-snapshot-block", content=item["content"], **item["block"])
        report.equal("snapshot: " + item["name"], answer, {"plain": item["plain"], "entries": item["entries"]})
    for item in vectors["refused"]:
        answer = program.ask("decode-snapshot-block", content=item["content"], **item["block"])
        report.refused("snapshot: " + item["why"], answer)


def drive_http(program, vectors, report):
    keys = {key["device"]: key for key in vectors["keys"].values()}
    for exchange in vectors["exchanges"]:
        drive_request(program, exchange, keys, report)
        drive_answer(program, exchange, vectors["keys"]["hub"]["publicKey"], report)
    invitation = vectors["invitation"]
    report.equal("http: link", program.ask("read-invitation", link=invitation["link"]),
                 {"address": invitation["url"], "code": invitation["code"], "hubKey": invitation["hubKey"]})
    for item in invitation["refused"]:
        report.refused("http: link: " + item["why"], program.ask("read-invitation", link=item["link"]))
    drive_conversation(program, vectors, report)


def drive_request(program, exchange, keys, report):
    request, what = exchange["request"], f"http: {exchange['name']}: request"
    key = keys[request["device"]]
    answer = program.ask("sign-request", privateKey=key["privateKey"], path=request["path"], body=request["body"],
                         nonce=request["nonce"])
    report.equal(what, answer, {name: request[name] for name in ("base", "contentDigest", "signatureInput")})
    signature = http_signature.signature_bytes(answer.get("signature", "")).hex()
    report.holds(what + " signed", is_signed(key["publicKey"], request["base"].encode().hex(), signature))
    body = bytes.fromhex(request["body"])
    plain = gzip.decompress(body) if request.get("contentEncoding") == "gzip" else body
    report.holds(what + " frame", plain.hex() == request["frame"])
    drive_frame_both_ways(program, request, what, report)


def drive_frame_both_ways(program, side, what, report):
    """Decode a frame and encode its fields: the same fields must come back."""
    fields = program.ask("decode-frame", message=side["message"], frame=side["frame"])
    again = program.ask("encode-frame", message=side["message"], fields=fields.get("fields", {}))
    report.equal(what + " frame again", again | frame_fields(side["message"], again), fields)


def drive_answer(program, exchange, hub_key, report):
    side, what = exchange["answer"], f"http: {exchange['name']}: answer"
    asked = {"hubKey": hub_key, "status": side["status"], "body": side["body"], "nonce": side["nonce"],
             "signature": side["signature"], "requestSignature": exchange["request"]["signature"]}
    report.equal(what, program.ask("verify-answer", **asked), {"base": side["base"], "holds": True})
    for name, other in [("status", 201), ("nonce", "x"), ("body", side["body"] + "00"),
                        ("signature", side["signature"][:-6] + "AAA=:"),
                        ("requestSignature", "fb=:AAAA:")]:
        answer = program.ask("verify-answer", **(asked | {name: other}))
        report.equal(f"{what}: another {name}", answer, {"holds": False})
    if "message" in side:
        drive_frame_both_ways(program, side, what, report)


def drive_conversation(program, vectors, report):
    conversation = vectors["conversation"]
    commits = {item["entry"]["name"]: item for item in conversation["commits"]}
    chains = {}
    for item in conversation["commits"]:
        entry = item["entry"]
        what = f"http: conversation: {entry['name']}: "
        before = chains.get(entry["device"], ZERO)
        chains[entry["device"]] = item["chain"]
        report.equal(what + "payload", program.ask("encode-payload", writes=entry["writes"]),
                     {"payload": item["payload"]})
        report.equal(what + "digest", program.ask("digest", entry=entry), {"digest": item["digest"]})
        report.equal(what + "chain", program.ask("chain", **{"from": before, "digests": [item["digest"]]}),
                     {"chains": [item["chain"]]})
    for push in conversation["pushes"]:
        drive_pushed(program, push, commits, vectors, report)
    for step in conversation["steps"]:
        for who in ("ana", "ben"):
            if who in step:
                drive_step(program, step["what"], step[who], commits, report)


def drive_pushed(program, push, commits, vectors, report):
    what = f"http: conversation: push of {push['commits']}: "
    items = [commits[name] for name in push["commits"].split()]
    last = items[-1]
    entries = [{name: value for name, value in item["entry"].items() if name not in ("salt", "name")} for item in items]
    report.equal(what + "block", program.ask("encode-block", entries=entries), {"block": push["block"]})
    key = next(key for key in vectors["keys"].values() if key["device"] == last["entry"]["device"])
    answer = program.ask("sign-push", privateKey=key["privateKey"], congregation=vectors["congregation"],
                         seq=last["entry"]["seq"], chain=last["chain"])
    report.equal(what + "message", answer, {"message": push["message"]})
    report.holds(what + "signed", is_signed(key["publicKey"], push["message"], answer.get("signature", "")))
    for entry in [item["entry"] for item in items]:
        answer = program.ask("salt", secret=push["secret"], device=entry["device"], seq=entry["seq"])
        report.equal(what + "salt", answer, {"salt": entry["salt"]})


def drive_step(program, what, state, commits, report):
    held = [commits[name]["entry"] for name in state["commits"].split()]
    answer = program.ask("fingerprints", commits=held)
    report.equal(f"http: conversation: {what}", answer, {"spaces": state["fingerprints"]})
    rosa = [commit for commit in held if commit["kind"] == 1]
    cells = program.ask("apply", replicas=[rosa]).get("cells", [])
    phone = next((cell for cell in cells if cell["field"] == 19), {})
    report.equal(f"http: conversation: {what} Phone", phone, state["phone"])


FILES = {"commits": drive_commits, "blocks": drive_blocks, "merge": drive_merge,
         "comparing": drive_comparing, "frames": drive_frames,
         "snapshot": drive_snapshot, "http": drive_http}


# --- Two programs

def drive_against(program, other, report, cases, seed):
    """Both must say the same of made-up commits: the same state, whatever the order, the same blocks and digests."""
    chance = random.Random(seed)
    for number in range(cases):
        commits = make_commits(chance)
        shuffled = chance.sample(commits, len(commits))
        cut = chance.randrange(1, len(commits)) if len(commits) > 1 else 1
        replicas = [part for part in (shuffled[:cut], shuffled[cut:]) if part]
        what = f"against: case {number} of seed {seed}: "
        report.equal(what + "apply", program.ask("apply", replicas=replicas), other.ask("apply", replicas=[commits]))
        block = program.ask("encode-block", entries=commits)
        report.equal(what + "encode-block", block, other.ask("encode-block", entries=commits))
        report.equal(what + "decode-block", other.ask("decode-block", **block), {"entries": commits})
        report.equal(what + "digest", program.ask("digest", entry=commits[0]), other.ask("digest", entry=commits[0]))
        broken = break_block(block.get("block", ""), chance)
        refusals = ["refused" in side.ask("decode-block", block=broken) for side in (program, other)]
        report.holds(f"{what}broken block {broken} is refused by both or none: {refusals}", len(set(refusals)) == 1)


def break_block(block, chance):
    """A block of which one byte is another."""
    data = bytearray.fromhex(block)
    if data:
        data[chance.randrange(len(data))] = chance.choice([0, 1, 2, chance.randrange(256)])
    return data.hex()


def make_commits(chance):
    """Up to eight commits of three devices on one record, with every rule, and dots that may never have been."""
    devices = ["aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb", "0000000000000001"]
    seqs, commits = dict.fromkeys(devices, 0), []
    for _ in range(chance.randint(1, 8)):
        device = chance.choice(devices)
        seqs[device] += 1
        stamp = chance.randrange(1, 2**40)
        effective = stamp - chance.choice([0, 0, chance.randrange(stamp)])
        commits.append({
            "device": device, "seq": seqs[device], "stamp": json_form.stamp_text(stamp),
            "effective": json_form.stamp_text(effective), "author": json_form.id_text(bytes.fromhex(device * 2)),
            "kind": 1, "record": "018f3c5a-7b00-7abc-8def-0123456789ab", "transaction": seqs[device],
            "salt": "%032x" % chance.randrange(1, 2**128), "writes": make_writes(chance, devices)})
    return commits


def make_writes(chance, devices):
    """Writes of different cells, in order."""
    fields = [1, 2, 16, 16, 16, 19, 23, 23, 1000000] + ([3] if chance.random() < 0.05 else [])
    writes = {}
    for field in chance.sample(fields, chance.randint(1, 4)):
        write = make_write(chance, field, devices)
        writes[json_form.commit_cell(write)] = write
    return [writes[cell] for cell in sorted(writes)]


def make_write(chance, field, devices):
    dots = sorted({(chance.choice(devices), chance.randint(1, 5)) for _ in range(chance.randint(0, 3))})
    rule = {1: "keep", 2: "latest", 3: "keep", 16: chance.choice(["keep", "latest", "once", "9"])}.get(field, "set")
    write = {"field": field, "rule": rule, "value": make_value(chance, field)}
    if rule == "set":
        write["removes"] = chance.random() < 0.3
    if dots and rule != "once":
        write["overwrites"] = [f"{device}:{seq}" for device, seq in dots]
    return write


def make_value(chance, field):
    if field in (1, 3):
        return json_form.value_json(2, b"\2" if field == 3 else chance.choice([b"\0", b"\2"]))
    if field == 2:
        return json_form.value_json(4, bytes(15) + bytes([chance.randint(1, 3)]))
    return json_form.value_json(*chance.choice([(1, b"Ana"), (1, b"Anna"), (0, b""), (2, b"\x81\1"), (77, b"\x80")]))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vectors", type=pathlib.Path, default=pathlib.Path(__file__).parent.parent / "Vectors")
    parser.add_argument("--against", metavar="COMMAND", help="a second program, as one word for a shell")
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    program, report = Program(arguments.command), Report()
    for name, drive in FILES.items():
        before = report.held, report.failed
        drive(program, json.loads((arguments.vectors / f"{name}.json").read_text()), report)
        print(f"{name}: {report.held - before[0]} hold, {report.failed - before[1]} do not")
    if arguments.against:
        before = report.held, report.failed
        other = Program(shlex.split(arguments.against))
        drive_against(program, other, report, arguments.cases, arguments.seed)
        other.end()
        print(f"against: {report.held - before[0]} hold, {report.failed - before[1]} do not")
    program.end()
    if report.unsupported:
        print("unsupported:", ", ".join(sorted(report.unsupported)))
    sys.exit(1 if report.failed or report.unsupported else 0)


if __name__ == "__main__":
    main()
