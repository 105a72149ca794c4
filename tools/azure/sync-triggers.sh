#!/usr/bin/env bash
# Asks the platform to read the app's triggers anew until it lists all functions. After a deployment a Flex Consumption app has listed none of
# them, and run none, until it was asked so, repeatedly: https://github.com/Azure/azure-functions-host/issues/10169
# Needs what azd knows of the environment: AZURE_SUBSCRIPTION_ID, AZURE_RESOURCE_GROUP, AZURE_FUNCTION_APP_NAME (azd passes them to its hooks);
# a token of azd's, of az's, or in COURIER_ARM_TOKEN; and curl.
set -euo pipefail

functions=(CapturePoison ProcessRequest RunSchedules WatchHealth)
tries=${COURIER_SYNC_TRIES:-30}
pause=${COURIER_SYNC_PAUSE:-10}
arm=${COURIER_ARM:-https://management.azure.com}

say() { printf '%s\n' "$*" >&2; }

for name in AZURE_SUBSCRIPTION_ID AZURE_RESOURCE_GROUP AZURE_FUNCTION_APP_NAME; do
  [ -n "${!name:-}" ] || { say "$name is not set: run this as azd's hook, or after: eval \"\$(azd env get-values | sed 's/^/export /')\""; exit 2; }
done

token() {
  if [ -n "${COURIER_ARM_TOKEN:-}" ]; then
    printf '%s' "$COURIER_ARM_TOKEN"
  elif command -v azd >/dev/null; then
    azd auth token --scope "$arm/.default" --output json | sed -n 's/.*"token": *"\([^"]*\)".*/\1/p'
  else
    az account get-access-token --resource "$arm" --query accessToken --output tsv
  fi
}

app=$arm/subscriptions/$AZURE_SUBSCRIPTION_ID/resourceGroups/$AZURE_RESOURCE_GROUP/providers/Microsoft.Web/sites/$AZURE_FUNCTION_APP_NAME
secret=$(token)

# The token goes by standard input: what stands in a command's arguments is seen by everybody on the machine.
call() { curl --silent --show-error --max-time 60 --config - "$@" <<<"header = \"Authorization: Bearer $secret\""; }

listed() {
  local names
  names=$(call "$app/functions?api-version=2024-04-01" || true)
  for name in "${functions[@]}"; do
    grep -q "\"$AZURE_FUNCTION_APP_NAME/$name\"" <<<"$names" || { missing=$name; return 1; }
  done
}

for ((try = 1; try <= tries; try++)); do
  call --output /dev/null --request POST --data '' "$app/host/default/sync?api-version=2024-04-01" || true
  if listed; then
    say "All ${#functions[@]} functions are listed."
    exit 0
  fi
  say "$missing is not listed yet ($try of $tries) …"
  sleep "$pause"
done

say "$missing is still not listed: does the app start? Its log stream and docs/runbook.md, \"courier-heartbeat\", tell."
exit 1
