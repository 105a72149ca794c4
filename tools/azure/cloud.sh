#!/usr/bin/env bash
# ./dev cloud up|prove|down <environment>: what the pipeline does with Azure, by hand or by it. Signed in with azd, or by a pipeline's federated
# credential (AZURE_CLIENT_ID and AZURE_TENANT_ID, where the pipeline offers tokens). Up asks for AZURE_SUBSCRIPTION_ID and AZURE_LOCATION, and
# the first time for COURIER_API_KEY.
set -euo pipefail

usage() { printf '%s\n' 'Usage: ./dev cloud up|prove|down <environment>' >&2; exit 2; }

[ $# = 2 ] || usage
export AZURE_ENV_NAME=$2
command -v azd >/dev/null || { printf '%s\n' 'azd was not found: https://aka.ms/azd-install' >&2; exit 1; }

sign_in() {
  [ -n "${ACTIONS_ID_TOKEN_REQUEST_URL:-}" ] || return 0
  azd auth login --client-id "$AZURE_CLIENT_ID" --tenant-id "$AZURE_TENANT_ID" --federated-credential-provider github
}

case "$1" in
  up)
    : "${AZURE_SUBSCRIPTION_ID:?is not set}" "${AZURE_LOCATION:?is not set}"
    sign_in
    azd env select "$AZURE_ENV_NAME" 2>/dev/null || azd env new "$AZURE_ENV_NAME" --no-prompt --subscription "$AZURE_SUBSCRIPTION_ID" --location "$AZURE_LOCATION"
    azd up --no-prompt
    ;;
  prove)
    sign_in
    AzureWebJobsStorage__accountName=$(azd env get-value AZURE_STORAGE_ACCOUNT_NAME)
    export AzureWebJobsStorage__accountName
    exec ./dev roundtrip --messages 500 --within 00:30:00
    ;;
  down)
    sign_in
    azd down --force
    ;;
  *) usage ;;
esac
