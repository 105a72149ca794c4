#!/usr/bin/env bash
# Azure.Bicep.CommandLine.linux-x64 0.49.2. Seen 2026-11-28.
# "bicep snapshot --mode overwrite", several times, on a template with five outputs.
# Expected: the same file each time: a snapshot is there to be compared and kept under version control.
# Seen: the outputs stand in another order from run to run. (Resources keep theirs, and "--mode validate" does not mind.)
# What follows: compare a snapshot by its parts, not as text; a committed one shows changes that are none.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > finding.csproj <<'END'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageDownload Include="Azure.Bicep.CommandLine.linux-x64" Version="[0.49.2]" /></ItemGroup>
</Project>
END
cat > main.bicep <<'END'
output alpha string = 'a'
output beta string = 'b'
output gamma string = 'c'
output delta string = 'd'
output epsilon string = 'e'
END
echo "using 'main.bicep'" > main.bicepparam
dotnet restore --packages packages --verbosity quiet
bicep=packages/azure.bicep.commandline.linux-x64/0.49.2/tools/bicep
chmod +x "$bicep"

for _ in 1 2 3 4 5 6; do
  "$bicep" snapshot main.bicepparam --mode overwrite --resource-group g --location westeurope --subscription-id 00000000-0000-0000-0000-000000000001
  grep -oE 'alpha|beta|gamma|delta|epsilon' main.snapshot.json | paste -sd ' '
done | sort -u | tee orders

# By chance, six runs agree once in 120^5 times.
[ "$(wc -l < orders)" -gt 1 ]
