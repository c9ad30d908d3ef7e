#!/bin/sh
# Isthmus with every direct dependency at the lowest release that its bounds allow and that has a wheel for this Python,
# into the folder VENV; the tools of the tests are as new as that lets them be.
set -eu
rm -rf "$VENV"
"$PYTHON" -m venv "$VENV"
"$VENV/bin/python" -m pip install --quiet --upgrade "uv>=0.5"
uv="$VENV/bin/uv pip"
floors=$VENV/floors.txt
$uv compile --quiet --no-header --no-annotate --python "$VENV/bin/python" --only-binary :all: \
  --resolution lowest-direct --all-extras pyproject.toml --output-file "$floors"
echo "the floors: $(tr '\n' ' ' <"$floors")"
$uv install --quiet --python "$VENV/bin/python" --requirement "$floors"
$uv install --quiet --python "$VENV/bin/python" --group dev --constraint "$floors"
$uv install --quiet --python "$VENV/bin/python" --no-deps --editable .
