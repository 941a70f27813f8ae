#!/bin/sh
# Makes .venv with supple and its tools. Does nothing if that is done already.
# PYTHON names the interpreter to use; by default it is the newest suitable one.
set -u
cd "$(dirname "$0")/.." || exit 1

version() { # of the interpreter $1, such as 3.12.1; nothing if it does not run
    "$1" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null
}

new_enough() { # is the version $1 at least 3.11?
    major=${1%%.*}
    minor=${1#*.}
    minor=${minor%%.*}
    [ "$major" -gt 3 ] || { [ "$major" -eq 3 ] && [ "$minor" -ge 11 ]; }
}

stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

case $(uname -s) in
MINGW* | MSYS* | CYGWIN*) stop "On Windows supple is set up without make; README.md has the line for it." ;;
esac

# A .venv only works in its own folder and with its own Python. After the folder was moved or
# Python was upgraded, it starts wrongly or not at all.
place=$({ pwd -P; .venv/bin/python -V; } 2>&1 | cksum | cut -d ' ' -f 1)
needs=$(cksum <pyproject.toml | cut -d ' ' -f 1)
stamp=.venv/.stamp-$place-$needs

wanted=${PYTHON:-}
if [ -z "$wanted" ] || [ "$(version "$wanted")" = "$(version .venv/bin/python)" ]; then
    [ -e "$stamp" ] && exit 0
fi

python= old= old_version= bare= bare_version=
if [ -n "$wanted" ]; then
    set -- "$wanted"
else
    set -- python3.14 python3.13 python3.12 python3.11 python3 python
fi
for candidate; do
    found=$(version "$candidate")
    if [ -z "$found" ]; then
        continue
    elif ! new_enough "$found"; then
        [ -n "$old" ] || { old=$candidate old_version=$found; }
    elif ! "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then
        [ -n "$bare" ] || { bare=$candidate bare_version=$found; }
    else
        python=$candidate
        break
    fi
done

if [ -n "$python" ]; then
    :
elif [ -n "$bare" ]; then
    stop "supple needs Python's venv module, and this Python ($bare, $bare_version) came without it." \
        "On Debian and Ubuntu: sudo apt install python${bare_version%.*}-venv. Then run this again."
elif [ -n "$old" ]; then
    stop "supple needs Python 3.11 or newer; this one ($old) is $old_version." \
        "Install a newer one from your system's packages or from python.org and run this again," \
        "or name one that you have: make PYTHON=python3.12 play"
elif [ -n "$wanted" ]; then
    stop "supple needs Python 3.11 or newer; $wanted does not start." \
        "Name another one: make PYTHON=python3.12 play"
else
    stop "supple needs Python 3.11 or newer, and no Python was found." \
        "Install it from your system's packages or from python.org and run this again."
fi

echo "Setting up (once, about half a minute) ..."
set -- .venv/.stamp-"$place"-*
if [ ! -e "$1" ] || { [ -n "$wanted" ] && [ "$(version "$wanted")" != "$(version .venv/bin/python)" ]; }; then
    "$python" -m venv --clear .venv || stop "The folder .venv could not be made; the reason is above."
fi
rm -f .venv/.stamp-*
.venv/bin/python -m pip install -q --disable-pip-version-check -e '.[dev]' ||
    stop "Setting up did not finish; the reason is above. It needs the network once. Run it again to try again."
# So that the first start is as fast as the second. pip has compiled the other packages.
.venv/bin/python -m compileall -q player audio
place=$({ pwd -P; .venv/bin/python -V; } 2>&1 | cksum | cut -d ' ' -f 1)
: >".venv/.stamp-$place-$needs"
