"""Logs by an allow-list: what is not named here is dropped, so no health data can leak."""

import logging
import logging.config
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

ALLOWED = frozenset({
    "event", "level", "timestamp", "logger", "request_id", "status", "method", "route",
    "milliseconds", "job", "kind", "attempts", "count", "error", "worker", "port",
    "seq", "version", "dropped", "check",
})  # fmt: skip


def only_allowed(
    _logger: Any, _name: str, event: MutableMapping[str, Any]
) -> Mapping[str, Any]:
    """Keep the allowed keys and say how many others there were."""
    kept = {key: value for key, value in event.items() if key in ALLOWED}
    if dropped := len(event) - len(kept):
        kept["dropped"] = dropped
    return kept


def without_record(
    _logger: Any, _name: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Replace an exception by its class name: messages and locals may quote a person."""
    record = event.pop("_record", None)
    event.pop("_from_structlog", None)
    fault = event.pop("exc_info", None) or (record.exc_info if record else None)
    if fault and fault is not True and fault[0]:
        event["error"] = fault[0].__name__
    return event


def configure(options: Mapping[str, str]) -> None:
    """Send every log line, ours and the libraries', through the allow-list as JSON."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, _constant_event],
        processors=[
            without_record,
            only_allowed,
            structlog.processors.JSONRenderer(),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(options.get("level", "INFO"))
    logging.getLogger("django.request").setLevel("ERROR")
    for loud in ("django.security", "asyncio"):
        logging.getLogger(loud).setLevel("CRITICAL")
    for name in ("_granian", "granian.access"):
        logging.getLogger(name).setLevel("WARNING")


def _constant_event(
    _logger: Any, _name: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Use a library's message without its arguments: those may hold what people typed."""
    record = event.get("_record")
    if record is not None:
        event["event"] = str(record.msg)
    return event
