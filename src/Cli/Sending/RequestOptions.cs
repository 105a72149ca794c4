using System.CommandLine;
using System.Text.Json;

namespace Courier.Cli.Sending;

/// <summary>A request as the command line writes it.</summary>
internal sealed class RequestOptions
{
    private readonly Argument<string?> _method = new("method") { Description = "GET, POST, PUT, PATCH or DELETE.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Argument<string?> _path = new("path") { Description = "Below the API's base address, a query string allowed.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _body = new("--body") { Description = "JSON, @file, or - for standard input.", HelpName = "json" };
    private readonly Option<string?> _id = new("--id") { Description = "The request's; made without it.", HelpName = "id" };
    private readonly Option<string[]> _headers = new("--header") { Description = "Like 'If-Match: \"v1\"'; may be repeated.", HelpName = "name: value" };
    private readonly Option<string?> _expires = new("--expires") { Description = "Not called after that: " + Moments.Form + " from now.", HelpName = "moment" };
    private readonly Option<string?> _notBefore = new("--not-before") { Description = "Not called before that, up to a year ahead.", HelpName = "moment" };
    private readonly Option<string[]> _metadata = new("--meta") { Description = "Comes back in result and dead letter; may be repeated.", HelpName = "name=value" };
    private readonly Option<string?> _priority = new("--priority") { Description = "high: ahead of a backlog.", HelpName = "normal|high" };
    private readonly Option<string?> _batch = new("--batch") { Description = "What belongs together, for 'courier status --batch'.", HelpName = "id" };
    private readonly Option<bool> _paginate = new("--paginate") { Description = "Every further page of a list is read as well." };

    public void AddTo(Command command)
    {
        command.Add(_method);
        command.Add(_path);
        foreach (Option option in new Option[] { _body, _id, _headers, _expires, _notBefore, _metadata, _priority, _batch, _paginate })
            command.Add(option);
    }

    public bool IsGiven(ParseResult parse) => parse.GetValue(_method) is not null && parse.GetValue(_path) is not null;

    public async Task<(string Id, ReadOnlyMemory<byte> Text)> WriteAsync(ParseResult parse, DateTimeOffset now, CancellationToken cancellationToken)
    {
        JsonElement? body = parse.GetValue(_body) is { } word ? Body(await Input.ReadAsync(word, cancellationToken)) : null;
        string id = parse.GetValue(_id) ?? Guid.CreateVersion7(now).ToString();
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("method", parse.GetValue(_method));
            json.WriteString("path", parse.GetValue(_path));
            WritePairs(json, "headers", Pairs(parse.GetValue(_headers), ':', "--header"));
            if (body is { } value)
            {
                json.WritePropertyName("body");
                value.WriteTo(json);
            }

            WriteMoment(json, "expiresAt", Moments.Parse(parse.GetValue(_expires), "--expires", now, 1));
            WriteMoment(json, "notBefore", Moments.Parse(parse.GetValue(_notBefore), "--not-before", now, 1));
            WritePairs(json, "metadata", Pairs(parse.GetValue(_metadata), '=', "--meta"));
            WriteText(json, "priority", parse.GetValue(_priority));
            WriteText(json, "batch", parse.GetValue(_batch));
            if (parse.GetValue(_paginate))
                json.WriteBoolean("paginate", true);
            json.WriteEndObject();
        }

        return (id, text.ToArray());
    }

    private static JsonElement Body(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException e)
        {
            throw new CliException($"--body is no JSON ({e.Message}): a text is written with quotes, like '\"text\"'.", ExitCode.Usage);
        }
    }

    private static (string Name, string Value)[] Pairs(string[]? words, char separator, string option) => [.. (words ?? []).Select(word =>
        word.Split(separator, 2) is [{ Length: > 0 } name, var value]
            ? (name.Trim(), value.Trim())
            : throw new CliException($"{option} is '{word}': it must be a name and a value with {separator} between them.", ExitCode.Usage))];

    private static void WritePairs(Utf8JsonWriter json, string name, (string Name, string Value)[] pairs)
    {
        if (pairs.Length == 0)
            return;
        json.WriteStartObject(name);
        foreach ((string key, string value) in pairs)
            json.WriteString(key, value);
        json.WriteEndObject();
    }

    private static void WriteMoment(Utf8JsonWriter json, string name, DateTimeOffset? moment)
    {
        if (moment is { } value)
            json.WriteString(name, value);
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
            json.WriteString(name, text);
    }
}
