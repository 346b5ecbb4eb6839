#!/usr/bin/env bash
# Write the lock files anew: exact versions with the hashes of their files, and no address of an index.
# Run by `make lock` with the oldest Python that the project supports; pass --upgrade to take newer versions.
set -euo pipefail
cd "$(dirname "$0")/.."

BIN=${BIN:-.venv/bin}
export CUSTOM_COMPILE_COMMAND="make lock"
compile() {
    "$BIN/pip-compile" --quiet --generate-hashes --allow-unsafe --strip-extras \
        --no-emit-options --no-emit-index-url --no-emit-trusted-host --no-emit-find-links "${upgrade[@]}" "$@"
}
upgrade=("$@")

build_requirements() {
    "$BIN/python" -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")'
    echo editables # what hatchling asks for when the package is installed from its checkout
}

compile --output-file requirements.txt --extra postgres pyproject.toml
build_requirements | compile --output-file requirements-build.txt -c requirements.txt -
compile --output-file requirements-dev.txt --extra dev --extra test --extra postgres -c requirements.txt -c requirements-build.txt \
    pyproject.toml
# The independent FHIR server of the demo and of the tests lives in an environment of its own.
echo "sekmet-fhir==0.1.1" | compile --output-file requirements-sekmet.txt -
# So do the generators of synthetic charts that `make test-long` hides the demo patients in.
printf '%s\n' "tietai-synthea==1.5.0" "clinosim==0.6.5" | compile --output-file requirements-noise.txt -
# The fuzzer is built for these machines only; elsewhere its kept corpus is read, and nothing new is looked for.
echo "atheris==3.0.0 ; sys_platform == 'linux' and platform_machine == 'x86_64' and python_version < '3.14'" |
    compile --output-file requirements-fuzz.txt -
