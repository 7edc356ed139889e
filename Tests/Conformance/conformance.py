"""A conversation in lines: one JSON object in, one out. Conformance.md says which; any language can answer it."""

import json
import subprocess
import sys

from wire import Refused


def serve(commands, lines=sys.stdin, out=sys.stdout):
    """Answer every line by the command it names: a function from the question to the answer."""
    for line in lines:
        question = json.loads(line)
        print(json.dumps(answer(commands, question), ensure_ascii=False), file=out, flush=True)


def answer(commands, question):
    """One answer."""
    if question["do"] not in commands:
        return {"unsupported": question["do"]}
    try:
        return commands[question["do"]](question)
    except Refused as refusal:
        return {"refused": refusal.rule, "detail": str(refusal)}


class Program:
    """A program that answers, and that this one has started."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        encoding="utf-8")

    def ask(self, do, **arguments):
        """One question, and its answer."""
        self.process.stdin.write(json.dumps({"do": do} | arguments, ensure_ascii=False) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        return json.loads(line) if line else {"ended": True}

    def end(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
