#!/usr/bin/env bash
# Cronos 0.13.0. Seen 2026-11-28.
# A weekday with a step, "2/5": from Tuesday on, every fifth day of the week.
# Expected: Tuesday, since 2 + 5 is beyond Saturday (6); so read by NCrontab, and by what a step means in the other fields.
# Seen: Tuesday and Sunday. The step counts on to 7, which is Sunday once more. "1/3", "MON/3" and "6/1" get a Sunday too.
# What follows: write the end, "2-6/5".
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

foreach (string days in new[] { "2/5", "1/3", "MON/3", "6/1", "2-6/5" })
{
    IEnumerable<DateTime> week = CronExpression.Parse($"0 0 * * {days}").GetOccurrences(new(2026, 1, 4, 0, 0, 0, DateTimeKind.Utc), new(2026, 1, 11, 0, 0, 0, DateTimeKind.Utc), TimeZoneInfo.Utc);
    Console.WriteLine($"{days}: {string.Join(' ', week.Select(day => day.DayOfWeek))}");
}
END
cat > expected <<'END'
2/5: Sunday Tuesday
1/3: Sunday Monday Thursday
MON/3: Sunday Monday Thursday
6/1: Sunday Saturday
2-6/5: Tuesday
END

dotnet build --nologo --verbosity quiet --output out > build.log || (cat build.log; exit 1)
dotnet out/finding.dll | tee seen
diff expected seen && echo "as found"
