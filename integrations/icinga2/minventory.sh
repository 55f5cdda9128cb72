#!/bin/sh
# Tells Minventory what checks found; a plug-in as Nagios defines them. minventory.conf calls it.
#
#   MINVENTORY_URL         where Minventory answers, for instance https://inventory.example
#   MINVENTORY_TOKEN_FILE  a file that holds a token which may tell states (scope testify:monitoring-state)
#   MINVENTORY_RESULTS     what was found, as POST /integrations/checks takes it: a list in JSON
#   MINVENTORY_QUERY       what the address has besides, for instance customer=acme (optional)
#   MINVENTORY_TIMEOUT     seconds, 20 by default
#
# Everything comes in by variables, which others on this machine do not see, and goes out by standard input.
set -u
umask 077
LC_ALL=C
export LC_ALL

say() {
  printf 'MINVENTORY %s - %s\n' "$2" "$3"
  exit "$1"
}

[ -n "${MINVENTORY_URL:-}" ] || say 3 UNKNOWN "set MINVENTORY_URL to where Minventory answers"
token=$(cat "${MINVENTORY_TOKEN_FILE:-}" 2>/dev/null) || say 3 UNKNOWN "cannot read the file of MINVENTORY_TOKEN_FILE"
case $token in
  '' | *[!A-Za-z0-9._~+/=-]*) say 3 UNKNOWN "what MINVENTORY_TOKEN_FILE holds is no token" ;;
esac
results=${MINVENTORY_RESULTS:-[]}
[ "$results" != '[]' ] || say 0 OK "there is nothing to tell yet"

# curl reads its own options there: what is told must stay on its line, and between its quotes.
told() {
  printf 'header = "Authorization: Bearer %s"\n' "$token"
  printf 'data-binary = "%s"\n' "$(printf %s "$results" | tr '\r\n' '  ' | sed 's/[\\"]/\\&/g')"
}

answer=$(told | curl --config - --silent --show-error --fail --max-time "${MINVENTORY_TIMEOUT:-20}" \
  --header 'Content-Type: application/json' --header 'Accept-Language: en' \
  "${MINVENTORY_URL%/}/integrations/checks?tool=icinga${MINVENTORY_QUERY:+&$MINVENTORY_QUERY}" 2>&1) ||
  say 3 UNKNOWN "$(printf %s "$answer" | tr -cd ' -~' | cut -c1-300)"
case $answer in
  *'"problem":'*) say 1 WARNING "not everything was taken: $(printf %s "$answer" | tr -cd ' -~' | cut -c1-300)" ;;
esac
say 0 OK "told"
