#!/bin/sh
# What the tests need besides Python: a Chromium, LibreOffice with Writer and Calc, a Chinese font. Installs what is
# missing by apt where that is allowed, and otherwise says what is to be installed.
set -eu

missing() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null && found=yes && break
    done
    [ "${found:-}" ] || echo chromium
    command -v soffice >/dev/null || command -v libreoffice >/dev/null || echo libreoffice-writer libreoffice-calc
    # one of the fonts by which Chinese text is rendered, whatever it is called
    [ -n "$(command -v fc-list >/dev/null && fc-list :lang=zh-cn family)" ] || echo fonts-noto-cjk fontconfig
}

packages=$(missing)
[ -z "$packages" ] && exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    become=
elif command -v apt-get >/dev/null && sudo -n true 2>/dev/null; then
    become=sudo
else
    echo "The tests need these, which cannot be installed from here:" $packages >&2
    exit 1
fi
$become apt-get update --quiet --quiet
# shellcheck disable=SC2086  # several packages
$become env DEBIAN_FRONTEND=noninteractive apt-get install --quiet --quiet --yes --no-install-recommends $packages >/dev/null
left=$(missing)
[ -z "$left" ] || { echo "Still missing after the installation:" $left >&2; exit 1; }
