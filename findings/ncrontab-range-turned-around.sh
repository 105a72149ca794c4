#!/usr/bin/env bash
# NCrontab.Signed 3.4.0. Seen 2026-11-28.
# Ranges over the end of a field, and steps that are none.
# Expected: FRI-MON is Friday to Monday and 22-2 is the night, as in other cron libraries, or both are refused; "*/0" and "*/-5" are refused.
# Seen: a range is turned around without a word: FRI-MON is Monday to Friday, all but the two days that were meant; 22-2 is the day, from 2 to 22.
# A step below one is one: "*/-5" runs each minute, and "*/0" too.
# What follows: list the days ("FRI,SAT,SUN,MON"), and check a step yourself.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > finding.csproj <<'END'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="NCrontab.Signed" Version="3.4.0" /></ItemGroup>
</Project>
END
cat > Program.cs <<'END'
using NCrontab;

DateTime sunday = new(2026, 1, 4);
foreach (string text in new[] { "0 0 * * FRI-MON", "0 22-2 * * *", "*/-5 * * * *", "*/0 * * * *" })
{
    DateTime[] runs = [.. CrontabSchedule.Parse(text).GetNextOccurrences(sunday.AddSeconds(-1), sunday.AddDays(7))];
    Console.WriteLine($"{text}: {runs.Length} runs a week, first {runs[0]:ddd HH:mm}, then {runs[1]:ddd HH:mm}");
}
END
cat > expected <<'END'
0 0 * * FRI-MON: 5 runs a week, first Mon 00:00, then Tue 00:00
0 22-2 * * *: 147 runs a week, first Sun 02:00, then Sun 03:00
*/-5 * * * *: 10080 runs a week, first Sun 00:00, then Sun 00:01
*/0 * * * *: 10080 runs a week, first Sun 00:00, then Sun 00:01
END

dotnet build --nologo --verbosity quiet --output out > build.log || (cat build.log; exit 1)
dotnet out/finding.dll | tee seen
diff expected seen && echo "as found"
