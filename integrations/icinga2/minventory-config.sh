#!/bin/sh
# Fetches what Icinga 2 watches, and lets Icinga read it, if Icinga accepts it: for cron, or a timer of systemd.
#
#   MINVENTORY_URL         where Minventory answers, for instance https://inventory.example
#   MINVENTORY_TOKEN_FILE  a file that holds a token which may read (scope read:inventory)
#   MINVENTORY_QUERY       which part of the inventory, for instance customer=acme&tag=prod (optional)
#   MINVENTORY_CONFIG      the file that is written, /etc/icinga2/conf.d/minventory-hosts.conf by default
#   MINVENTORY_CHECK       how Icinga looks at its configuration, "icinga2 daemon -C" by default
#   MINVENTORY_RELOAD      how Icinga reads it anew, "systemctl reload icinga2" by default
#   MINVENTORY_TIMEOUT     seconds, 60 by default
#
# Without news it does nothing. What fails, also on the way, leaves everything as it was, and ends with 1.
set -eu
umask 022 # Icinga, another user, reads it; its folder keeps others out

fail() {
  printf 'minventory: %s\n' "$1" >&2
  exit 1
}

[ -n "${MINVENTORY_URL:-}" ] || fail "set MINVENTORY_URL to where Minventory answers"
token=$(cat "${MINVENTORY_TOKEN_FILE:-}") || fail "cannot read the file of MINVENTORY_TOKEN_FILE"
case $token in
  '' | *[!A-Za-z0-9._~+/=-]*) fail "what MINVENTORY_TOKEN_FILE holds is no token" ;;
esac
config=${MINVENTORY_CONFIG:-/etc/icinga2/conf.d/minventory-hosts.conf}

# Names that Icinga does not read; what is left over of a run that was killed is written over.
new=$config.new
trap 'rm -f "$new" "$new.etag" "$new.said"' EXIT
[ -s "$config" ] || rm -f "$config.etag"
[ -e "$config.etag" ] || : >"$config.etag"

# The token goes in by standard input: a command line is seen by everybody on this machine.
printf 'header = "Authorization: Bearer %s"\n' "$token" |
  curl --config - --silent --show-error --fail --compressed --max-time "${MINVENTORY_TIMEOUT:-60}" \
    --etag-compare "$config.etag" --etag-save "$new.etag" --output "$new" \
    "${MINVENTORY_URL%/}/integrations/icinga2/config${MINVENTORY_QUERY:+?$MINVENTORY_QUERY}" || exit 1
[ -s "$new" ] || exit 0 # no news has no body

[ ! -e "$config" ] || mv "$config" "$config.old"
mv "$new" "$config"
if ${MINVENTORY_CHECK:-icinga2 daemon -C} >"$new.said" 2>&1; then
  mv "$new.etag" "$config.etag"
  ${MINVENTORY_RELOAD:-systemctl reload icinga2}
else
  rm "$config"
  [ ! -e "$config.old" ] || mv "$config.old" "$config"
  cat "$new.said" >&2
  fail "Icinga does not accept it: it keeps what it has"
fi
