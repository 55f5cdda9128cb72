#!/bin/sh
# The inventory of Minventory, for Ansible: ansible-playbook -i minventory.sh site.yml
#
#   MINVENTORY_URL         where Minventory answers, for instance https://inventory.example
#   MINVENTORY_TOKEN       a token that may read (scope read:inventory), or
#   MINVENTORY_TOKEN_FILE  a file that holds it
#   MINVENTORY_QUERY       which part of the inventory, for instance customer=acme&tag=prod (optional)
#   MINVENTORY_CACHE       a folder in which the last answer is kept, so that one without news costs nothing (optional)
#   MINVENTORY_TIMEOUT     seconds, 60 by default
#
# When an inventory fails, Ansible warns, finds no hosts and SUCCEEDS. Let it fail instead, in ansible.cfg
# ([inventory] any_unparsed_is_failed = true, or unparsed_is_failed = true) or in the environment:
#   export ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED=True   # fails where any of several inventories cannot be read
#   export ANSIBLE_INVENTORY_UNPARSED_FAILED=True          # fails where none of them can be read
set -eu
umask 077

fail() {
  printf 'minventory: %s\n' "$1" >&2
  exit 1
}

case "${1:---list}" in
  --list) ;;
  --host) printf '{}\n' && exit 0 ;; # all variables stand in the list
  *) fail "give --list or --host NAME, as Ansible does" ;;
esac

[ -n "${MINVENTORY_URL:-}" ] || fail "set MINVENTORY_URL to where Minventory answers"
token=${MINVENTORY_TOKEN:-}
if [ -z "$token" ] && [ -n "${MINVENTORY_TOKEN_FILE:-}" ]; then
  token=$(cat "$MINVENTORY_TOKEN_FILE") || fail "cannot read MINVENTORY_TOKEN_FILE"
fi
[ -n "$token" ] || fail "set MINVENTORY_TOKEN to a token that may read the inventory"
case $token in
  *[!A-Za-z0-9._~+/=-]*) fail "MINVENTORY_TOKEN is no token" ;;
esac

url="${MINVENTORY_URL%/}/integrations/ansible/inventory${MINVENTORY_QUERY:+?$MINVENTORY_QUERY}"

# The token goes in by standard input: a command line is seen by everybody on this machine.
ask() {
  printf 'header = "Authorization: Bearer %s"\n' "$token" |
    curl --config - --silent --show-error --fail --compressed --max-time "${MINVENTORY_TIMEOUT:-60}" \
      --header 'Accept: application/json' "$@" "$url"
}

if [ -z "${MINVENTORY_CACHE:-}" ]; then
  ask
  exit
fi

mkdir -p "$MINVENTORY_CACHE"
kept="$MINVENTORY_CACHE/$(printf '%s %s' "$url" "$token" | cksum | tr ' ' '-')"
fresh="$kept.$$"
trap 'rm -f "$fresh" "$fresh.etag"' EXIT
if [ -s "$kept.json" ] && [ -s "$kept.etag" ]; then
  ask --etag-compare "$kept.etag" --etag-save "$fresh.etag" --output "$fresh"
else
  ask --etag-save "$fresh.etag" --output "$fresh"
fi
if [ -s "$fresh" ]; then # no news has no body
  mv "$fresh" "$kept.json"
  mv "$fresh.etag" "$kept.etag"
fi
cat "$kept.json"
