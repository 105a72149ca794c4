namespace Courier.Contracts;

/// <summary>Sound JSON spoilt by chance: values replaced by others that mean something to somebody, or a piece cut out.</summary>
public static class SpoiltJson
{
    private static readonly string[] s_values =
    [
        "null", "0", "-1", "1", "2147483647", "-2147483648", "9223372036854775807", "-9223372036854775808", "1e308", "99999999999999999999", "0.5", "true", "\"\"", "\"a\"", "\"\\ud800\"", "[]", "[null]", "{}",
        "{\"a\":null}", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59Z\"", "\"1970-01-01T00:00:00Z\"", "\"2026-01-01T12:00:30Z\"", "\"2026-01-02T11:00:00Z\"", "[[0,0,1]]", "[[17672688000000000,1,2147483647]]", "17672688000000000",
    ];

    /// <param name="sound">Without blanks between its tokens.</param>
    public static string Of(string sound, Random random)
    {
        for (int times = random.Next(1, 4); times > 0; times--)
        {
            int[] values = [.. Enumerable.Range(1, Math.Max(0, sound.Length - 2)).Where(at => sound[at - 1] is ':' or ',' or '[' && sound[at] is not ('"' or ' ') || sound[at - 1] == ':')];
            if (values.Length == 0)
                break;
            int at = values[random.Next(values.Length)];
            int end = sound[at] == '"' ? sound.IndexOf('"', at + 1) + 1 : sound.IndexOfAny([',', '}', ']'], at);
            if (end <= at)
                break;
            sound = random.Next(10) == 0 ? sound.Remove(at, random.Next(1, end - at + 1)) : sound[..at] + s_values[random.Next(s_values.Length)] + sound[end..];
        }

        return sound;
    }
}
