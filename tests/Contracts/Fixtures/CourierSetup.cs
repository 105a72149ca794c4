using Courier.Configuration;
using Courier.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Contracts;

/// <summary>What a test says of its <see cref="TestCourier"/>; whatever it does not say is a standing clock, storage in memory, and an API that answers 200.</summary>
public sealed record CourierSetup
{
    /// <summary>The API's network; null for <see cref="ScriptedApi.Answer"/> alone.</summary>
    public HttpMessageHandler? Api { get; init; }

    public FakeClock Clock { get; init; } = new();

    /// <summary>The time that Courier sees, where storage is real and nobody advances the clock; null for <see cref="Clock"/>.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>On top of: a key, a base address, no in-process retries. Pacing is off unless <c>Quota:Limit</c> is among them.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Null for storage in memory.</summary>
    public IStorage? Storage { get; init; }

    /// <summary>The status page and the webhooks; null for a network that answers 404.</summary>
    public HttpMessageHandler? Outside { get; init; }

    /// <summary>How a host registers Courier.</summary>
    public Func<IServiceCollection, IConfiguration, IHttpClientBuilder> Register { get; init; } = CourierCore.AddCourierCore;

    /// <summary>The same, with these settings changed.</summary>
    public CourierSetup With(params IEnumerable<(string Key, string Value)> settings)
    {
        Dictionary<string, string?> all = new(Settings);
        foreach ((string key, string value) in settings)
            all[key] = value;
        return this with { Settings = all };
    }
}
