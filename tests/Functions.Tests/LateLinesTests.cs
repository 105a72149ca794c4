using Courier.Functions.Logging;
using Microsoft.Extensions.Logging;

namespace Courier.Functions.Tests;

/// <summary>The host drops what a worker writes outside an invocation; nothing that an operator needs may be among it.</summary>
public sealed class LateLinesTests : IDisposable
{
    private readonly Recorder _host = new();
    private readonly LateLines _late = new(TimeProvider.System);
    private readonly ILoggerFactory _loggers;

    public LateLinesTests() => _loggers = LoggerFactory.Create(logging => logging.AddProvider(_host).AddProvider(_late));

    [Fact]
    public void Line_from_outside_is_told_within_the_next_invocation_and_once()
    {
        Write("Courier.Delivery.LogSink", LogLevel.Critical, "alert.raised credential-rejected");

        Assert.Empty(_host.WithinInvocations);
        Invoke();
        Invoke();

        string line = Assert.Single(_host.WithinInvocations);
        Assert.StartsWith("Critical Courier.Delivery.LogSink 7 alert.raised credential-rejected (written at ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_heard_a_line_when_it_was_written_is_told_when_it_is_told_again()
    {
        List<bool> known = [];
        _host.Written += () => known.Add(LateLines.AreTold);
        Write("Courier.Delivery.LogSink", LogLevel.Critical, "alert.raised credential-rejected");
        Invoke();

        Assert.Equal([false, true], known);
    }

    [Fact]
    public void Line_from_within_is_told_as_it_is()
    {
        Invoke(() => Write("Courier.Processing.Telemetry", LogLevel.Information, "request.settled"));
        Invoke();

        Assert.Equal("Information Courier.Processing.Telemetry 7 request.settled", Assert.Single(_host.WithinInvocations));
    }

    [Fact]
    public async Task Line_of_what_an_invocation_left_running_counts_as_from_outside()
    {
        TaskCompletionSource ended = new();
        Task left = Task.CompletedTask;
        Invoke(() => left = Task.Run(async () =>
        {
            await ended.Task;
            Write("Courier.Pacing.QuotaLedger", LogLevel.Warning, "quota.ledger-lost");
        }));
        ended.SetResult();
        await left;

        Invoke();

        Assert.Contains("outside an invocation", Assert.Single(_host.WithinInvocations), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Courier.Health.HealthLoop", LogLevel.Information, true)]
    [InlineData("Courier.Health.HealthLoop", LogLevel.Debug, false)]
    [InlineData("Azure.Core", LogLevel.Warning, true)]
    [InlineData("Azure.Core", LogLevel.Information, false)]
    public void What_nobody_needs_is_not_kept(string category, LogLevel level, bool isKept)
    {
        Write(category, level, "a line");
        Invoke();

        Assert.Equal(isKept, _host.WithinInvocations.Count == 1);
    }

    [Fact]
    public void Newest_are_kept_and_how_many_are_lost_is_told()
    {
        for (int i = 0; i < LateLines.Capacity + 3; i++)
            Write("Courier.Test", LogLevel.Warning, $"line {i}.");
        Invoke();

        Assert.StartsWith("Warning Courier.Functions.Logging.LateLines 0 3 lines", _host.WithinInvocations[0], StringComparison.Ordinal);
        Assert.Contains(" line 3.", _host.WithinInvocations[1], StringComparison.Ordinal);
        Assert.Equal(LateLines.Capacity + 1, _host.WithinInvocations.Count);
    }

    public void Dispose()
    {
        _loggers.Dispose();
        _host.Dispose();
    }

    private void Write(string category, LogLevel level, string text) => _loggers.CreateLogger(category).Log(level, new EventId(7), text, null, static (line, _) => line);

    private void Invoke(Action? function = null)
    {
        using IDisposable invocation = LateLines.Enter();
        _host.IsInvoked = true;
        _late.Tell(_loggers);
        function?.Invoke();
        _host.IsInvoked = false;
    }

    /// <summary>What the host hears: the lines that come while an invocation runs.</summary>
    private sealed class Recorder : ILoggerProvider
    {
        public List<string> WithinInvocations { get; } = [];

        public bool IsInvoked { get; set; }

        public event Action? Written;

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void Dispose()
        {
        }

        private sealed class Logger(Recorder recorder, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                recorder.Written?.Invoke();
                if (recorder.IsInvoked)
                    recorder.WithinInvocations.Add($"{logLevel} {category} {eventId.Id} {formatter(state, exception)}");
            }
        }
    }
}
