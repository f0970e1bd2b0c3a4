#!/usr/bin/env bash
# Chromium and Chinese fonts for the browser tests, where the caller may install them. Never stops the setup.
set -uo pipefail
missing=()
command -v chromium >/dev/null 2>&1 || missing+=(chromium)
fc-list :lang=zh 2>/dev/null | grep -q . || missing+=(fonts-noto-cjk)
[ "${#missing[@]}" -eq 0 ] && exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  echo "Browser tests will be skipped: ${missing[*]} not installed, and this caller may not install it."
  exit 0
fi
echo "Installing ${missing[*]} for the browser tests ..."
export DEBIAN_FRONTEND=noninteractive
{ apt-get update -q && apt-get install -q -y --no-install-recommends "${missing[@]}"; } >/dev/null 2>&1 ||
  echo "Browser tests will be skipped: ${missing[*]} could not be installed."
exit 0
