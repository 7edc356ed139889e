"""Splink's answer to a labelled list of people, in the row of a table that "benchmark linkage" prints.

    python linkage.py PEOPLE.csv

The list has the columns person (who it is), name, phone, email and address. Splink gets what its own
documentation recommends for people: names taken apart, comparisons by Jaro-Winkler with term frequencies,
phone, e-mail and address, weights learnt by expectation-maximisation in several blocks, on DuckDB. Of the
settings that were tried, these did best: its comparisons of e-mail addresses and of swapped names did worse.
"""

import re
import resource
import sys
import time
import unicodedata

import duckdb
import pyarrow
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

THRESHOLD = 0.8


def plain(text):
    """Without accents and case, as anybody would clean a list before."""
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"[^\w ,@.]", "", text).lower().strip()


def names(name):
    """A given name and the rest; "family, given" is turned round."""
    name = plain(name)
    if "," in name:
        family, given = name.split(",", 1)
        name = given + " " + family
    words = re.sub(r"[.,]", " ", name).split()
    return (words[0] if words else None), (" ".join(words[1:]) or None)


def rows(path):
    table = duckdb.sql(f"SELECT * FROM read_csv('{path}', header=true, all_varchar=true)")
    result = []
    for number, (person, name, phone, email, address) in enumerate(table.fetchall()):
        given, family = names(name)
        digits = re.sub(r"\D", "", phone or "")[-10:]
        result.append(
            {
                "unique_id": number,
                "person": person,
                "given": given,
                "family": family,
                "phone": digits or None,
                "email": (email or "").lower() or None,
                "address": re.sub(r"\b(st|street|ave|avenue)\b", "", plain(address or "")).strip() or None,
            }
        )
    return result


def pairs(table):
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("given", [0.92, 0.8]).configure(
                term_frequency_adjustments=True
            ),
            cl.JaroWinklerAtThresholds("family", [0.92, 0.8]).configure(
                term_frequency_adjustments=True
            ),
            cl.ExactMatch("phone"),
            cl.ExactMatch("email"),
            cl.LevenshteinAtThresholds("address", 1),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("phone"),
            block_on("email"),
            block_on("given", "family"),
            block_on("family", "substr(given, 1, 2)"),
            block_on("given", "substr(family, 1, 3)"),
            block_on("address"),
        ],
    )
    linker = Linker(DuckDBAPI().register(table), settings)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("phone", "given", "family"), block_on("email", "given")], recall=0.5
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    # Blocks in which households are few, or it would learn that kin are one person.
    for rule in (block_on("given", "family"), block_on("email"), block_on("given", "phone")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=0.01)
    return found.as_record_list()


def main(path):
    records = rows(path)
    began, cpu = time.time(), time.process_time()
    table = pyarrow.Table.from_pylist(records)
    found = pairs(table)
    seconds, cpu = time.time() - began, time.process_time() - cpu
    people = [record["person"] for record in records]
    counts = {}
    for person in people:
        counts[person] = counts.get(person, 0) + 1
    known = sum(count * (count - 1) // 2 for count in counts.values())
    judged = sorted(
        ((p["match_probability"], people[p["unique_id_l"]] == people[p["unique_id_r"]]) for p in found),
        reverse=True,
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    cost = f"{seconds:8.1f} {cpu:5.1f} {peak:10d}"
    print(f"Splink      {figures(judged, known, THRESHOLD)} {cost}")
    # As good as it can be made by somebody who knows the answers.
    best = max((p for p, _ in judged[:: max(1, len(judged) // 500)]), key=lambda p: f1(judged, known, p))
    print(f"  its best  {figures(judged, known, best)}  from {best:.6f} on")


def outcome(judged, known, threshold):
    right = [is_one for probability, is_one in judged if probability >= threshold]
    return sum(right), len(right)


def f1(judged, known, threshold):
    right, proposed = outcome(judged, known, threshold)
    return 2 * right / max(proposed + known, 1)


def figures(judged, known, threshold):
    right, proposed = outcome(judged, known, threshold)
    precision, recall = right / max(proposed, 1), right / max(known, 1)
    return f"{precision:9.4f} {recall:7.4f} {f1(judged, known, threshold):6.4f}"


if __name__ == "__main__":
    main(sys.argv[1])
