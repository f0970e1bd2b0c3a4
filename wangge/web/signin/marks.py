"""What the signed cookie of a session carries: the token, its kind, when it was last used, why the last one ended."""

KIND = "wg_kind"
SEEN = "wg_seen"
OPENED = "wg_opened"
ENDED = "wg_ended"
SECOND = "wg_second"
DEVICE_COOKIE = "wg_device"
