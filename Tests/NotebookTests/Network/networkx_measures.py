"""Measures graphs with networkx. Reads {"nodes": n, "edges": [[a, b], …]} or {"known": name}, one a
line, and answers each with a line of JSON."""

import json
import sys

import networkx as nx


def read(line):
    asked = json.loads(line)
    if "known" in asked:
        known = {
            "karate": nx.karate_club_graph,
            "florentine": nx.florentine_families_graph,
            "women": nx.davis_southern_women_graph,
            "miserables": nx.les_miserables_graph,
        }
        graph = nx.Graph(known[asked["known"]]().edges())
        return nx.convert_node_labels_to_integers(graph, ordering="sorted")
    graph = nx.Graph()
    graph.add_nodes_from(range(asked["nodes"]))
    graph.add_edges_from(edge for edge in asked["edges"] if edge[0] != edge[1])
    return graph


def measure(graph):
    count = graph.number_of_nodes()
    degrees = dict(graph.degree())
    most = max(degrees.values(), default=0)
    between = nx.betweenness_centrality(graph)
    spread = (count - 1) * (count - 2)
    total = sum(most - degree for degree in degrees.values())
    return {
        "nodes": count,
        "edges": sorted(sorted(edge) for edge in graph.edges()),
        "density": nx.density(graph),
        "isolates": nx.number_of_isolates(graph),
        "components": sorted(len(part) for part in nx.connected_components(graph)),
        "transitivity": nx.transitivity(graph),
        "triangles": sum(nx.triangles(graph).values()) // 3,
        "centralization": total / spread if count > 2 else 0,
        "betweenness": [between[node] for node in range(count)],
        "points": sorted(nx.articulation_points(graph)),
        "bridges": sorted(sorted(edge) for edge in nx.bridges(graph)),
    }


for line in sys.stdin:
    print(json.dumps(measure(read(line))), flush=True)
