"""A folder for R: the network as tables, and a script for igraph, signnet and statnet."""

from collections.abc import Mapping
from pathlib import Path

from amity.formats.files import write_text
from amity.formats.network_csv import write_network_csv
from amity.formats.network_rows import DaySource, PositionSource
from amity.formats.records import FilePath
from amity.network import Network

_SCRIPT = """# The network in igraph, signnet and statnet. Run it in this folder: Rscript network.R
unguard <- function(x) sub("^'(?='*[=+@-])", "", x, perl = TRUE)
read_table <- function(file) {
  table <- read.csv(file, check.names = FALSE, colClasses = "character", encoding = "UTF-8")
  table[] <- lapply(table, unguard)
  table
}
edges <- read_table("edges.csv")
nodes <- read_table("nodes.csv")
numbers <- c("support", "opposition", "weight", "sign", "n_positions")
edges[numbers] <- lapply(edges[numbers], as.numeric)

if (requireNamespace("igraph", quietly = TRUE)) {
  graph <- igraph::graph_from_data_frame(edges, directed = TRUE, vertices = nodes)
  # weight is support plus opposition and never negative; the sign is an attribute of its own
  print(graph)

  if (requireNamespace("signnet", quietly = TRUE)) {
    # signnet wants an undirected graph with signs 1 and -1
    net <- edges$support - edges$opposition
    signed <- igraph::graph_from_data_frame(
      data.frame(edges[c("source", "target")], net = net), directed = FALSE, vertices = nodes)
    signed <- igraph::simplify(signed, edge.attr.comb = "sum")
    signed <- igraph::delete_edges(signed, which(igraph::E(signed)$net == 0))
    igraph::E(signed)$sign <- sign(igraph::E(signed)$net)
    print(signnet::balance_score(signed, method = "triangles"))
  }
}

if (requireNamespace("network", quietly = TRUE)) {
  # statnet: one network of support, one of opposition
  matrix_of <- function(column) {
    values <- matrix(0, nrow(nodes), nrow(nodes), dimnames = list(nodes$id, nodes$id))
    values[cbind(edges$source, edges$target)] <- edges[[column]]
    values
  }
  support <- network::network(matrix_of("support") > 0, directed = TRUE)
  opposition <- network::network(matrix_of("opposition") > 0, directed = TRUE)
  print(support)
  print(opposition)
}
"""


def write_r_bundle(
    network: Network,
    path: FilePath,
    *,
    positions: PositionSource | None = None,
    layout: Mapping[str, tuple[float, float]] | None = None,
    dates: DaySource | None = None,
) -> list[Path]:
    """
    Return the paths of a folder that R opens.

    Parameters
    ----------
    network : Network
        The network.
    path : path
        A folder: ``edges.csv``, ``nodes.csv``, with positions also ``positions.csv``, and ``network.R``.
    positions : callable, optional
        From a position's id to the position.
    layout : mapping, optional
        Actor id to coordinates.
    dates : callable, optional
        From a position's id to its day.

    Returns
    -------
    list of Path
        Tables, then the script.
    """
    folder = Path(path)
    # a folder whatever its name ends in
    written = write_network_csv(
        network, folder / "edges.csv", positions=positions, layout=layout, dates=dates
    )
    moved = []
    for file in written:
        wanted = file.with_name(
            {"edges.nodes.csv": "nodes.csv", "edges.positions.csv": "positions.csv"}.get(file.name, file.name)
        )
        moved.append(file.replace(wanted) if wanted != file else file)
    return [*moved, write_text(folder / "network.R", _SCRIPT)]
