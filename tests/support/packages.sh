# Installs Debian or Ubuntu packages that are missing; sourced by the two run.sh.

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# Prints those of the packages that are not installed. A tool that is there anyhow counts as its
# package: people have meson from elsewhere.
missing_packages() {
    local package tool
    for package in "$@"; do
        tool=${package/ninja-build/ninja}
        command -v "$tool" >/dev/null ||
            dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' ||
            echo "$package"
    done
}

install_packages() {
    if ! command -v apt-get >/dev/null; then
        echo "This machine has no apt-get; please install: $*" >&2
        return 1
    fi
    [ -n "${apt_updated:-}" ] || as_root apt-get -qq update >/dev/null || true
    apt_updated=yes
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" \
        >/dev/null
}

# All of these, or failure.
need_packages() {
    local missing
    missing=$(missing_packages "$@")
    [ -z "$missing" ] || { echo "Installing" $missing; install_packages $missing; }
}

# As many of these as can be had, one by one.
want_packages() {
    local package
    for package in $(missing_packages "$@"); do
        echo "Installing $package"
        install_packages "$package" || echo "$package cannot be had here"
    done
}

# The same for packages that bring a service, which is not to be started.
want_services() {
    local policy=/usr/sbin/policy-rc.d
    [ -n "$(missing_packages "$@")" ] || return 0
    if [ -e $policy ]; then
        want_packages "$@"
    else
        printf '#!/bin/sh\nexit 101\n' | as_root tee $policy >/dev/null && as_root chmod 755 $policy
        want_packages "$@"
        as_root rm -f $policy
    fi
}
