"""The kinds of records and their fields, by name: field number, merge rule, value type."""

from commit import DAY, ID, INT, KEEP, LATEST, NULL, SET, TEXT, Write
from wire import Reader, zigzag

EVERY = {"life": (1, KEEP, INT), "space": (2, LATEST, ID), "erased": (3, KEEP, INT)}

PERSON, ONE_TO_ONE, COMMITMENT, ASSESSMENT, REFLECTION, TURF, INSTITUTION, MEMBER = range(1, 9)

LEADERS_WRITE = {1, 2, 3, 18, 19, 20, 45}               # in their turfs
PERSON_FIELDS = {2: 16, 3: 16, 18: 16, 19: 16, 45: 16, 20: 17}  # the field of which the rule `person` speaks


def numbered(text):
    """Fields from 16 on, from words like "name:text tags:text:set"."""
    types = {"text": TEXT, "int": INT, "day": DAY, "id": ID}
    fields = {}
    for number, word in enumerate(text.split(), start=16):
        name, type, *rule = word.split(":")
        fields[name] = (number, SET if rule else KEEP, types[type])
    return fields


FIELDS = {
    PERSON: numbered("name:text given:text family:text phone:text email:text address:text language:text "
                     "interests:text:set institution:id organizer:id tags:text:set"),
    ONE_TO_ONE: numbered("person:id organizer:id on:day minutes:int place:text status:text summary:text "
                         "heard:text:set next:text due:day done:day"),
    COMMITMENT: numbered("person:id organizer:id direction:text what:text quantity:int due:day status:text "
                         "settledOn:day"),
    ASSESSMENT: numbered("person:id organizer:id date:day level:int basis:text"),
    REFLECTION: numbered("oneToOne:id story:text selfInterest:text pressures:text:set text:text"),
    TURF: numbered("name:text leader:id parent:id"),
    INSTITUTION: numbered("name:text kind:text city:text address:text size:int"),
    MEMBER: numbered("name:text person:id"),
}


def field(kind, name):
    """The number, rule and type of a field."""
    return EVERY.get(name) or FIELDS[kind][name]


def make_write(kind, name, value, removes=False):
    """A write of a Python value, or of None to clear the field. It overwrites nothing yet."""
    number, rule, type = field(kind, name)
    if value is None:
        return Write(number, rule, removes, NULL, b"", ())
    return Write(number, rule, removes, type, encode_value(type, value), ())


def encode_value(type, value):
    """Text is str, numbers and days are int, ids are bytes."""
    if type == TEXT:
        return value.encode()
    return value if type == ID else zigzag(value)


def decode_value(type, value):
    """The Python value of a type and bytes."""
    if type == TEXT:
        return value.decode()
    if type in (INT, DAY):
        return Reader(value).zigzag()
    return None if type == NULL else value


def read(record, name):
    """The value of a field of a record, or None; of a set, its elements in order."""
    number, rule, _ = field(record.kind, name)
    if rule == SET:
        cells = [cell for cell in sorted(record.cells) if cell[0] == number and len(cell) > 1]
        return [decode_value(*cell[1:]) for cell in cells if record.is_present(cell)]
    value = record.value(number)
    return decode_value(*value) if value else None
