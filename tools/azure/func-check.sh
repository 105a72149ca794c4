#!/usr/bin/env bash
# ./dev func-check: the real Functions host (Core Tools, installed from npm when they are not there), the storage emulator and the simulated API
# on this machine; posts messages, and accounts for each.
set -euo pipefail

folder=$(mktemp -d)
started=()
trash=("$folder")
trap 'kill "${started[@]}" 2>/dev/null || true; rm -rf "${trash[@]}"' EXIT

if ! command -v func >/dev/null; then
  npm install --silent --no-audit --no-fund --prefix "$folder/func" azure-functions-core-tools@4
  PATH=$folder/func/node_modules/.bin:$PATH
fi

dotnet build src/ApiSimulator -c Release --nologo -v quiet
dotnet build tools/RoundTrip -c Release --nologo -v quiet
node -r ./tools/azurite/quick.js tools/azurite/node_modules/azurite/dist/src/azurite.js --inMemoryPersistence --skipApiVersionCheck --disableTelemetry --silent &
started+=($!)
dotnet src/ApiSimulator/bin/Release/net10.0/Courier.ApiSimulator.dll --port 7171 --key func-check-key >"$folder/simulator.log" &
started+=($!)

[ -f local.settings.json ] || { cp local.settings.sample.json local.settings.json; trash+=(local.settings.json); }
(cd src/Functions && Api__BaseUrl=http://127.0.0.1:7171 Api__Key=func-check-key exec func start --port 7072) >"$folder/func.log" 2>&1 &
started+=($!)

export AzureWebJobsStorage=UseDevelopmentStorage=true
dotnet tools/RoundTrip/bin/Release/net10.0/Courier.RoundTrip.dll --messages 50 --within 00:05:00 --message '{"method":"GET","path":"/companies/example.com"}' \
  || { cat "$folder/func.log"; exit 1; }
