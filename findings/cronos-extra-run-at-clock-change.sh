#!/usr/bin/env bash
# Cronos 0.13.0. Seen 2026-11-28.
# An hourly schedule at half past ("30 * * * *") in Vienna, over the night in which the clocks go from 2:00 to 3:00.
# Expected: a run each hour: 0:30, 1:30, 3:30 (half past two does not exist), 4:30.
# Seen: one run more, at 3:00. The time that does not exist is moved to the end of the gap, which is right for "30 2 * * *", but this
# expression has its run of the hour half an hour later anyway.
# What follows: whoever counts on one run an hour leaves out an occurrence that does not match the expression on the local clock.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > finding.csproj <<'END'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="Cronos" Version="0.13.0" /></ItemGroup>
</Project>
END
cat > Program.cs <<'END'
using Cronos;

TimeZoneInfo vienna = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna");
CronExpression hourly = CronExpression.Parse("30 * * * *");
DateTime from = new(2026, 3, 28, 23, 0, 0, DateTimeKind.Utc), until = new(2026, 3, 29, 3, 0, 0, DateTimeKind.Utc);
foreach (DateTime run in hourly.GetOccurrences(from, until, vienna))
    Console.WriteLine(TimeZoneInfo.ConvertTimeFromUtc(run, vienna).ToString("HH:mm"));
END
cat > expected <<'END'
00:30
01:30
03:00
03:30
04:30
END

dotnet build --nologo --verbosity quiet --output out > build.log || (cat build.log; exit 1)
dotnet out/finding.dll | tee seen
diff expected seen && echo "as found"
