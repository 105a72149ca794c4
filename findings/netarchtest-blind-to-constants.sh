#!/usr/bin/env bash
# NetArchTest.Rules 1.3.2. Seen 2026-11-28.
# A rule that namespace Upper must not depend on Lower, and six ways in which it does.
# Expected: each is found.
# Seen: a constant of the type, nameof, a value of its enum, and a type that stands in a catch alone are not found (three of them are not in
# the compiled code any more, the catch is); a method's body and typeof are.
# What follows: a green rule does not say that one can delete the namespace below. A compilation without it does.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > finding.csproj <<'END'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="NetArchTest.Rules" Version="1.3.2" /></ItemGroup>
</Project>
END
cat > Program.cs <<'END'
using NetArchTest.Rules;

foreach (Type type in typeof(Upper.Body).Assembly.GetTypes().Where(type => type.Namespace == "Upper").OrderBy(type => type.Name))
{
    bool passes = Types.InAssembly(type.Assembly).That().HaveName(type.Name).ShouldNot().HaveDependencyOn("Lower").GetResult().IsSuccessful;
    Console.WriteLine($"{type.Name}: {(passes ? "not found" : "found")}");
}

namespace Lower
{
    public static class Limits { public const int Most = 3; public static int Now => 3; }
    public enum Colour { Red, Green }
    public sealed class Trouble : Exception;
}

namespace Upper
{
    public static class Body { public static int Value() => Lower.Limits.Now; }
    public static class Catch { public static void Run(Action act) { try { act(); } catch (Lower.Trouble) { } } }
    public static class Constant { public static int Value() => Lower.Limits.Most; }
    public static class EnumValue { public static object Value() => (int)Lower.Colour.Green; }
    public static class NameOf { public static string Value() => nameof(Lower.Limits); }
    public static class TypeOf { public static Type Value() => typeof(Lower.Limits); }
}
END
cat > expected <<'END'
Body: found
Catch: not found
Constant: not found
EnumValue: not found
NameOf: not found
TypeOf: found
END

dotnet build --nologo --verbosity quiet --output out > build.log || (cat build.log; exit 1)
dotnet out/finding.dll | tee seen
diff expected seen && echo "as found"
