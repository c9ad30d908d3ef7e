#!/bin/sh
# Builds the source archive and, from it, the wheel into dist/; then installs the wheel with all its extras into an
# environment of its own and writes beside it what is in it, as CycloneDX.
set -eu
rm -rf dist build/sbom
"$PYTHON" -m build
wheel=$(ls dist/*.whl)
"$PYTHON" -m venv build/sbom
build/sbom/bin/python -m pip install --quiet "$wheel[all]"
"$PYTHON" -m venv build/cyclonedx
build/cyclonedx/bin/python -m pip install --quiet "cyclonedx-bom>=7,<8"
build/cyclonedx/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --output-format JSON \
  --output-file build/environment.cdx.json build/sbom/bin/python
build/sbom/bin/python tools/sbom.py build/environment.cdx.json >"${wheel%.whl}.cdx.json"
echo "dist:"
ls dist
