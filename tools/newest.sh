#!/bin/sh
# Prints the newest Python from 3.12 to 3.14 on this machine, on the path or under pyenv; nothing where there is none.
set -eu
for minor in 14 13 12; do
  for python in "python3.$minor" "${PYENV_ROOT:-$HOME/.pyenv}/versions/3.$minor".*/bin/python; do
    if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
      echo "$python"
      exit
    fi
  done
done
