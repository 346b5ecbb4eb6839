#!/usr/bin/env bash
# Install the programs that some tests run, where that is possible: Debian or Ubuntu, as root.
# Elsewhere those tests are skipped and say why. Quick when everything is there.
set -euo pipefail

# A browser for the pages, a font with Japanese letters for its pictures, and compose to check the deployment.
packages=(chromium fonts-ipafont-gothic docker-compose)

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    exit 0
fi
missing=()
for package in "${packages[@]}"; do
    state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$(id -u)" != 0 ]; then
    echo "nen-cds: not root, so tests that need these are skipped: ${missing[*]}" >&2
    exit 0
fi
echo "nen-cds: installing for the tests: ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; }; then
    echo "nen-cds: could not install ${missing[*]}" >&2
    [ "${CI:-}" != true ] || exit 1
fi
