namespace Courier.Chaos;

/// <summary>A process that is killed again and again, and comes back each time.</summary>
internal abstract class Victim : IAsyncDisposable
{
    private readonly List<(string Client, DateTimeOffset At)> _kills = [];

    /// <summary>When who was killed, by the name that the API knew it by.</summary>
    public IReadOnlyList<(string Client, DateTimeOffset At)> Kills => _kills;

    /// <summary>How often it ended by itself before it was at work: also a start needs the storage.</summary>
    public abstract int FailedStarts { get; }

    /// <summary>Ends when it is at work.</summary>
    public abstract Task ReadyAsync();

    public async Task KillAsync()
    {
        string client = Client;
        await SigKillAsync();
        _kills.Add((client, TimeProvider.System.GetUtcNow()));
    }

    /// <summary>In good order.</summary>
    public abstract Task StopAsync();

    /// <summary>All that it has written, in all its lives.</summary>
    public abstract IEnumerable<string> Written { get; }

    public abstract ValueTask DisposeAsync();

    /// <summary>Its name in this life, as the API sees it.</summary>
    public abstract string Client { get; }

    protected abstract Task SigKillAsync();
}
