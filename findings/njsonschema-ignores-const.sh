#!/usr/bin/env bash
# NJsonSchema 11.6.2. Seen 2026-11-28.
# JSON Schema 2020-12 keywords, and documents that break them.
# Expected: each document is invalid, or the schema is refused as unsupported.
# Seen: no error at all. The keywords are passed over, so that everything is valid; "enum" with one value and "pattern" are checked.
# What follows: write {"enum": ["a"]} for const, spell conditions out with oneOf, or take a library that knows the draft. Test a schema with
# documents that it must refuse.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > finding.csproj <<'END'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="NJsonSchema" Version="11.6.2" /></ItemGroup>
</Project>
END
cat > Program.cs <<'END'
using NJsonSchema;

foreach ((string schema, string document) in new[]
{
    ("""{"const":"a"}""", "\"b\""),
    ("""{"if":{"type":"string"},"then":{"maxLength":1}}""", "\"long\""),
    ("""{"type":"array","prefixItems":[{"type":"string"}]}""", "[1]"),
    ("""{"type":"array","contains":{"const":1}}""", "[2]"),
    ("""{"type":"object","propertyNames":{"maxLength":1}}""", """{"long":1}"""),
    ("""{"enum":["a"]}""", "\"b\""),
})
{
    int errors = (await JsonSchema.FromJsonAsync(schema)).Validate(document).Count;
    Console.WriteLine($"{(errors == 0 ? "valid  " : "invalid")} {document} by {schema}");
}
END
cat > expected <<'END'
valid   "b" by {"const":"a"}
valid   "long" by {"if":{"type":"string"},"then":{"maxLength":1}}
valid   [1] by {"type":"array","prefixItems":[{"type":"string"}]}
valid   [2] by {"type":"array","contains":{"const":1}}
valid   {"long":1} by {"type":"object","propertyNames":{"maxLength":1}}
invalid "b" by {"enum":["a"]}
END

dotnet build --nologo --verbosity quiet --output out > build.log || (cat build.log; exit 1)
dotnet out/finding.dll | tee seen
diff expected seen && echo "as found"
