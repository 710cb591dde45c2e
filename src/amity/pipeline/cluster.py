"""A Dask cluster as the executor of a read."""

from typing import Any

from amity.errors import MissingExtra


def connect_cluster(address: str = "", *, jobs: int = 0) -> Any:
    """
    Return a client of a Dask cluster, to be given as `executor`.

    Parameters
    ----------
    address : str
        Of the scheduler, as in ``tcp://host:8786``; empty starts a cluster on this machine.
    jobs : int
        Processes of a cluster on this machine; 0 for one a core.

    Returns
    -------
    distributed.Client
        Close it after the read.

    Raises
    ------
    MissingExtra
        If `distributed` is not installed.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingExtra(
            "reading on a cluster needs Dask's distributed; install it with: pip install 'amity[cluster]'"
        ) from error
    if address:
        return Client(address)
    return Client(n_workers=jobs or None, threads_per_worker=1, processes=True, dashboard_address=None)
