#!/usr/bin/env bash
# A shop talks to Candor, by curl: put items, send events, recommend, verify, ask, erase.
#   candor demo                                  # in another terminal
#   bash examples/shop.sh [http://127.0.0.1:7700]
# With keys: CANDOR_KEY=<admin key> bash examples/shop.sh https://…
set -euo pipefail
server=${1:-http://127.0.0.1:7700}
here=$(cd "$(dirname "$0")" && pwd)
shopper=example-$$-$(date +%s)

# usage: call METHOD PATH [BODY]; prints the answer, and fails where the status is an error's.
call() {
    curl --silent --show-error --fail-with-body --request "$1" "$server$2" \
        --header 'content-type: application/json' \
        ${CANDOR_KEY:+--header "authorization: Bearer $CANDOR_KEY"} ${3:+--data "$3"}
}
# usage: field NAME; the first text under that name in the JSON on standard input.
field() { grep -o "\"$1\":\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4; }
say() { printf '\n# %s\n' "$*"; }

say "Put two items into the catalogue. They are recommended from the next training on."
call PUT /v1/items "@$here/items.json"

say "Recommend to somebody unknown, and say that they are."
answer=$(call POST /v1/recommendations '{"shopper":"'"$shopper"'","k":3,"lang":"en"}')
item=$(field item_id <<<"$answer")
field text <<<"$answer"

say "Send an event. Once this returns it is on disk, and in the next answer."
call POST /v1/events '{"shopper":"'"$shopper"'","kind":"view","item_id":"'"$item"'"}'

say "Recommend again, with reasons."
answer=$(call POST /v1/recommendations '{"shopper":"'"$shopper"'","k":3,"lang":"en","surface":"home"}')
request_id=$(field request_id <<<"$answer")
field text <<<"$answer"

say "Read that answer again, and recount its claims from the raw log."
call GET "/v1/recommendations/$request_id?verify=true" | grep -o '"n_claims":[0-9]*,"n_verified":[0-9]*,"n_failed":[0-9]*'

say "Ask back."
call POST /v1/ask '{"shopper":"'"$shopper"'","question":"why is the first one here?","lang":"en"}' | field text

say "Erase the shopper: log, counts, answers and every model that counted them."
call DELETE "/v1/shoppers/$shopper"
printf '\n'
