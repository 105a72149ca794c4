using System.Globalization;
using System.Text.Json.Serialization;
using Courier.Health;
using Courier.Origin;
using Courier.StatusPages;
using Courier.Writing;

namespace Courier.Alerts;

/// <summary>What somebody should know, in the form in which it goes to the queue <c>api-alerts</c>.</summary>
public sealed record Alert
{
    private const int MostSamples = 3;

    /// <summary>Its own; the same when it is sent again.</summary>
    public required string Id { get; init; }

    public required AlertKind Kind { get; init; }

    public AlertSeverity Severity => Kind.Severity();

    public required DateTimeOffset At { get; init; }

    /// <summary>When the episode began: the same in its opening, its reminders and its end.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>What has happened, in a sentence or two.</summary>
    public required string Summary { get; init; }

    /// <summary>What Courier does about it by itself, in a sentence or two.</summary>
    public required string Doing { get; init; }

    public required AlertStatistics Statistics { get; init; }

    /// <summary>At most three leave Courier.</summary>
    public required IReadOnlyList<CallSample> Samples { get; init; }

    /// <summary>Null when the status page could not be read, or has nothing to do with it.</summary>
    public VendorStatus? VendorStatus { get; init; }

    public string? SupportContact { get; init; }

    /// <summary>The section that says what to do: <see cref="Watch.AlertOptions.Runbook"/>.</summary>
    public required string Runbook { get; init; }

    /// <summary>The same for all alerts of one episode.</summary>
    [JsonIgnore]
    public string Incident => string.Create(CultureInfo.InvariantCulture, $"courier/{Kind.Opening().Text()}/{Since.UtcDateTime:O}");

    /// <summary>
    /// Without the key, one line a text, and cut to what a queue message holds however it is encoded. The key is taken out before anything is
    /// cut: nobody would find half of one.
    /// </summary>
    public Alert Clean(KeyRedaction redaction) => Fit((text, longest) => BoundedText.Of(redaction.Clean(text), longest));

    private Alert Fit(Func<string, int, string> text) => this with
    {
        Id = text(Id, 64),
        Summary = text(Summary, 500),
        Doing = text(Doing, 500),
        Samples = [.. Samples.Take(MostSamples).Select(sample => sample.Fit(text))],
        VendorStatus = VendorStatus?.Fit(text),
        SupportContact = SupportContact is null ? null : text(SupportContact, 300),
        Runbook = text(Runbook, 500),
    };
}
