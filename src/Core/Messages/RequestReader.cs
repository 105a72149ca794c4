using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Courier.Origin;

namespace Courier.Messages;

/// <summary>Reads the sender's fields of a request message and holds the request to <see cref="RequestGuard"/>.</summary>
internal sealed class RequestReader(ApiOptions options, KeyRedaction redaction)
{
    public const string HoldsSecret = "holds the API key, or another secret; change it.";

    private static readonly TimeSpan s_farthestAhead = TimeSpan.FromDays(366);

    private static readonly string[] s_methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    private static readonly JsonEncodedText[] s_fields =
        [.. new[] { "id", "method", "path", "query", "body", "metadata", "delivery", "headers", "reply", "idempotent", "paginate", "expiresAt", "priority", "notBefore", "batch", "traceparent" }.Select(name => JsonEncodedText.Encode(name))];

    /// <summary>Null when there are problems, its own or those found before.</summary>
    /// <param name="id">The message's own where that is valid, else a made one.</param>
    public ApiRequest? Read(JsonElement root, string id, Delivery delivery, List<string> problems)
    {
        CheckNames(root, problems);
        MessageFields fields = new(root, problems);
        if (!fields.Is("id", id)) // else it has been found valid already
            CheckId(fields.Text("id"), delivery.Page, problems);
        string? method = Method(fields, root, problems);
        JsonElement? query = fields.Object("query");
        string? path = fields.Text("path");
        Uri? target = Target(path, query, root, problems);
        // Read to the end whatever is wrong so far: the sender learns of every problem at once.
        ApiRequest request = new()
        {
            Id = id,
            Method = method ?? "",
            Path = path ?? "",
            Target = target ?? options.BaseUrl!,
            Query = query,
            Headers = Headers(fields.Object("headers"), problems),
            Body = fields.Any("body"),
            Idempotent = fields.Flag("idempotent"),
            Paginate = Paginate(fields.Flag("paginate"), method, problems),
            ExpiresAt = fields.Moment("expiresAt"),
            IsHighPriority = Priority(fields.Text("priority"), problems),
            Reply = fields.Flag("reply") ?? true,
            Metadata = fields.Object("metadata"),
            NotBefore = fields.Moment("notBefore"),
            Batch = Batch(fields.Text("batch"), problems),
            Traceparent = Traceparent(fields.Text("traceparent"), problems),
        };
        CheckNotBefore(request, delivery.FirstSeenAt, problems);
        if (delivery.Traceparent is { } traced)
            CheckName("delivery.traceparent", traced, problems);
        return problems.Count == 0 ? request : null;
    }

    private static void CheckNames(JsonElement root, List<string> problems)
    {
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (!IsField(property))
                problems.Add(UnknownField(property.Name));
        }
    }

    private static bool IsField(JsonProperty property)
    {
        foreach (JsonEncodedText field in s_fields)
        {
            if (property.NameEquals(field.EncodedUtf8Bytes))
                return true;
        }

        return false;
    }

    private static string UnknownField(string name)
    {
        string? meant = s_fields.Select(field => field.Value).FirstOrDefault(field => field.Equals(name, StringComparison.OrdinalIgnoreCase));
        return $"`{Quotation.Short(name)}` is no field of a request message; {(meant is null ? "remove it (your own data belongs in `metadata`)" : $"write it as `{meant}`")}.";
    }

    private void CheckId(string? id, PageState? page, List<string> problems)
    {
        if (page is not null && !RequestIdentity.IsValid(id ?? "", page))
            problems.Add("`delivery.page` does not belong to this `id`; leave `delivery` out, it is Courier's own.");
        else if (page is null && id is not null && !RequestIdentity.IsValid(id))
            problems.Add("`id` must be 1 to 128 characters out of A-Z a-z 0-9 . _ - , and not of dots alone; change it, or leave it out and one is made.");
        else if (id is not null)
            CheckName("id", id, problems);
    }

    /// <summary>What names a request or its trace stands in the log, in telemetry, in labels and in names of blobs, where nothing is taken out any more.</summary>
    private void CheckName(string field, string name, List<string> problems)
    {
        if (redaction.Finds(name))
            problems.Add($"`{field}` {HoldsSecret}");
    }

    private static bool Paginate(bool? paginate, string? method, List<string> problems)
    {
        if (paginate == true && method is not (null or "GET"))
            problems.Add($"`paginate` is true, and `method` is {method}: only the pages of a GET can be followed; leave `paginate` out.");
        return paginate == true;
    }

    private static bool Priority(string? priority, List<string> problems)
    {
        if (priority is not (null or "normal" or "high"))
            problems.Add($"`priority` is '{Quotation.Short(priority!)}': it must be high or normal.");
        return priority == "high";
    }

    private string? Batch(string? batch, List<string> problems)
    {
        if (batch is null)
            return null;
        if (RequestIdentity.IsValid(batch))
        {
            CheckName("batch", batch, problems);
            return batch;
        }

        problems.Add("`batch` must be 1 to 128 characters out of A-Z a-z 0-9 . _ - ; change it, or leave it out.");
        return null;
    }

    private string? Traceparent(string? traceparent, List<string> problems)
    {
        if (traceparent is null)
            return null;
        CheckName("traceparent", traceparent, problems);
        if (TraceContext.IsValid(traceparent))
            return traceparent;
        problems.Add("`traceparent` must be a W3C trace context, like 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01; change it, or leave it out.");
        return null;
    }

    private static void CheckNotBefore(ApiRequest request, DateTimeOffset firstSeenAt, List<string> problems)
    {
        if (request.NotBefore - firstSeenAt > s_farthestAhead)
            problems.Add("`notBefore` is more than a year ahead; write an earlier moment, and post the request again later if need be.");
        if (request.NotBefore >= request.ExpiresAt)
            problems.Add("`notBefore` is not before `expiresAt`, so the request would never be called; change one of them.");
    }

    private static string? Method(MessageFields fields, JsonElement root, List<string> problems)
    {
        foreach (string known in s_methods)
        {
            if (fields.Is("method", known))
                return known;
        }

        if (fields.Text("method") is { } method)
            problems.Add($"`method` is '{Quotation.Short(method)}': it must be one of {string.Join(", ", s_methods)}, in capitals.");
        else if (IsAbsent(root, "method"))
            problems.Add($"`method` is missing; add one of {string.Join(", ", s_methods)}.");
        return null;
    }

    private Uri? Target(string? path, JsonElement? query, JsonElement root, List<string> problems)
    {
        if (path is null)
        {
            if (IsAbsent(root, "path"))
                problems.Add("`path` is missing; add the absolute path below the API's address, like /companies/example.com.");
            return null;
        }

        RequestTarget target = query is { } object_ ? Target(path, object_, problems) : RequestGuard.Resolve(options.BaseUrl!, path);
        if (target is RequestTarget.Allowed allowed)
            return allowed.Uri;
        problems.Add(((RequestTarget.Refused)target).Why);
        return null;
    }

    private RequestTarget Target(string path, JsonElement query, List<string> problems)
    {
        DefaultInterpolatedStringHandler text = new(0, 0, CultureInfo.InvariantCulture, stackalloc char[512]);
        text.AppendLiteral(path);
        char separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (JsonProperty parameter in query.EnumerateObject())
        {
            string name = parameter.Name;
            if (parameter.Value.ValueKind != JsonValueKind.Array)
            {
                Append(ref text, ref separator, name, parameter.Value, problems);
                continue;
            }

            foreach (JsonElement value in parameter.Value.EnumerateArray())
                Append(ref text, ref separator, name, value, problems);
        }

        RequestTarget target = RequestGuard.Resolve(options.BaseUrl!, text.Text);
        text.Clear();
        return target;
    }

    private static void Append(ref DefaultInterpolatedStringHandler text, ref char separator, string name, JsonElement value, List<string> problems)
    {
        if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False))
            problems.Add($"`query.{Quotation.Short(name)}` must be a string, number or boolean, or an array of these.");
        text.AppendFormatted(separator);
        text.AppendLiteral(Uri.EscapeDataString(name));
        text.AppendLiteral("=");
        text.AppendLiteral(Uri.EscapeDataString(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()));
        separator = '&';
    }

    private KeyValuePair<string, string>[] Headers(JsonElement? headers, List<string> problems)
    {
        if (headers is not { } object_)
            return [];
        List<KeyValuePair<string, string>> read = [];
        foreach (JsonProperty header in object_.EnumerateObject())
        {
            if (!options.AllowedHeaders.Contains(header.Name, StringComparer.OrdinalIgnoreCase))
                problems.Add($"`headers.{Quotation.Short(header.Name)}` may not be set by a message (allowed: {string.Join(", ", options.AllowedHeaders)}); remove it. Courier adds the key itself.");
            else if (header.Value.ValueKind != JsonValueKind.String || !HeaderText.IsValue(header.Value.GetString()!))
                problems.Add($"`headers.{header.Name}` must be a string of printable ASCII characters, without line breaks.");
            else
                read.Add(new(header.Name, header.Value.GetString()!));
        }

        return [.. read];
    }

    private static bool IsAbsent(JsonElement root, string name) =>
        !root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null;
}
