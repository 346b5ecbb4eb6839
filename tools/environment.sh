#!/usr/bin/env bash
# Make a private virtual environment: environment.sh PYTHON FOLDER. Says plainly what is missing.
set -euo pipefail
python=$1
folder=$2

fail() {
    echo "nen-cds: $1" >&2
    exit 1
}

command -v "$python" >/dev/null ||
    fail "no program called $python: install Python 3.11 or newer, or say which one to use: make PYTHON=python3.12 ..."
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "$("$python" --version) is too old: Python 3.11 or newer is needed, for example make PYTHON=python3.12 ..."
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    # Debian keeps this part of Python in a package of its own.
    if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
        echo "nen-cds: installing python3-venv" >&2
        apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
    fi
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "$python lacks the venv module: on Debian and Ubuntu, apt-get install python3-venv"
fi
if [ -x "$folder/bin/python" ] && ! "$folder/bin/python" -c '' 2>/dev/null; then
    rm -rf "$folder" # made with a Python that is gone
fi
[ -x "$folder/bin/python" ] || "$python" -m venv "$folder"
