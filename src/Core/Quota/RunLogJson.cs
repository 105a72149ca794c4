using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Courier.Quota;

/// <summary>
/// A run as <c>[start, every, count]</c>, start and every in ticks of 100 ns, the start since the run before it, the first one's since 1970.
/// What is out of bounds is no log. (Earlier versions wrote a fourth number.)
/// </summary>
internal sealed class RunLogJson : JsonConverter<RunLog>
{
    public override RunLog Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Expect(reader.TokenType == JsonTokenType.StartArray);
        ImmutableArray<Run>.Builder runs = ImmutableArray.CreateBuilder<Run>();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            runs.Add(ReadRun(ref reader, runs.Count == 0 ? DateTimeOffset.UnixEpoch : runs[^1].Start));
        }

        Expect(runs.Sum(run => (long)run.Count) < MostCalls);
        return new RunLog(runs.ToImmutable());
    }

    public override void Write(Utf8JsonWriter writer, RunLog value, JsonSerializerOptions options)
    {
        DateTimeOffset before = DateTimeOffset.UnixEpoch;
        writer.WriteStartArray();
        foreach (Run run in value.Runs)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue((run.Start - before).Ticks);
            writer.WriteNumberValue(run.Every.Ticks);
            writer.WriteNumberValue(run.Count);
            writer.WriteEndArray();
            before = run.Start;
        }

        writer.WriteEndArray();
    }

    private static Run ReadRun(ref Utf8JsonReader reader, DateTimeOffset before)
    {
        List<long> values = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
            values.Add(reader.GetInt64());
        Expect(reader.TokenType == JsonTokenType.EndArray && values is [> -Longest and < Longest, >= 0 and < Longest, > 0 and <= int.MaxValue, ..] and { Count: 3 or 4 });
        Expect((before - DateTimeOffset.UnixEpoch).Ticks + values[0] is >= 0 and < Longest && (double)values[1] * values[2] < Longest);
        return new Run(before.AddTicks(values[0]), TimeSpan.FromTicks(values[1]), (int)values[2]);
    }

    /// <summary>About a thousand years.</summary>
    private const long Longest = 365_000 * TimeSpan.TicksPerDay;

    /// <summary>More than any limit; sums of them are still numbers.</summary>
    private const long MostCalls = 1_050_000_000;

    private static void Expect(bool isSo)
    {
        if (!isSo)
            throw new JsonException("No log of runs.");
    }
}
