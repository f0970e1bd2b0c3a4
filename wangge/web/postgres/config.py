"""The server's settings and its list of who may connect, written anew at each start."""

ACCESS = """\
# Written by wangge at each start. A password is asked of everybody, on the socket too.
local  all          all       scram-sha-256
local  replication  wg_super  scram-sha-256
"""

Value = str | float | bool

SETTINGS: dict[str, Value] = {
    # The door: a socket in a private folder, nothing on the network.
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "max_connections": 100,
    "superuser_reserved_connections": 3,
    # An acknowledged write survives a power cut.
    "fsync": True,
    "full_page_writes": True,
    "synchronous_commit": "on",
    "wal_level": "replica",
    "max_wal_senders": 5,
    "max_wal_size": "1GB",
    "wal_compression": False,  # what pglz saves on the disk it takes twice over from two cores
    # A forgotten transaction stalls the sealer of the ledger.
    "idle_in_transaction_session_timeout": "30s",
    # Literals travel: what people wrote never reaches the log. The roles of the application log no errors at all.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": 0,
    "log_parameter_max_length_on_error": 0,
    "log_statement": "none",
    "log_min_duration_statement": -1,
    "log_connections": "off",
    "log_line_prefix": "%m [%p] %e ",
    "log_timezone": "UTC",
    "lc_messages": "C",
    # Many small questions.
    "TimeZone": "UTC",
    "jit": False,
    "random_page_cost": 1.1,
    "default_text_search_config": "pg_catalog.simple",
}

SCRATCH: dict[str, Value] = {
    "fsync": False,
    "full_page_writes": False,
    "synchronous_commit": "off",
    "autovacuum_naptime": "1h",
}
"""Tests and thrown-away copies only: fast, and lost with the power."""

MUST_BE_ON = ("fsync", "full_page_writes", "synchronous_commit")


def render(major: int, memory: int, *, scratch: bool) -> str:
    """The settings file for a server of this major version that may use `memory` megabytes."""
    settings = SETTINGS | _sized(memory) | _versioned(major) | (SCRATCH if scratch else {})
    lines = [f"{name} = {_quoted(value)}" for name, value in settings.items()]
    return "\n".join(["# Written by wangge at each start; changes made here are lost.", *lines, ""])


def _sized(memory: int) -> dict[str, Value]:
    return {
        "shared_buffers": f"{max(16, memory // 4)}MB",
        "effective_cache_size": f"{max(64, memory * 3 // 4)}MB",
        "maintenance_work_mem": f"{max(32, min(512, memory // 16))}MB",
        "work_mem": f"{max(4, memory // 128)}MB",
    }


def _versioned(major: int) -> dict[str, Value]:
    settings: dict[str, Value] = {}
    if major >= 16:
        settings["reserved_connections"] = 5
    if major >= 17:
        settings["transaction_timeout"] = "10min"
        settings["allow_alter_system"] = False
    return settings


def _quoted(value: Value) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return "'" + str(value).replace("'", "''") + "'"
