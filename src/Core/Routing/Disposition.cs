using Courier.Paging;

namespace Courier.Routing;

/// <summary>What becomes of a request. <see cref="Processing.Settlement"/> is the one place that applies it.</summary>
public abstract record Disposition
{
    private Disposition()
    {
    }

    /// <summary>As logs and metrics spell it.</summary>
    public abstract string Name { get; }

    /// <summary>Done: a result message, unless the sender wants none, and the next page where the request asks for pages.</summary>
    public sealed record Complete : Disposition
    {
        public override string Name => "complete";

        public NextPage Next { get; init; } = NextPage.None.One;
    }

    /// <summary>Given up: a record with cause and remedies, and a message that announces it.</summary>
    /// <param name="Why">What is wrong, where the reason alone does not say it.</param>
    public sealed record DeadLetter(DeadLetterReason Reason, string? Why = null) : Disposition
    {
        public override string Name => "dead-letter";
    }

    /// <summary>Tried again later as a copy that becomes visible after <paramref name="Delay"/>.</summary>
    /// <param name="CountsAsAttempt">False for mere waiting: quota, key, circuit.</param>
    public sealed record Reschedule(TimeSpan Delay, bool CountsAsAttempt) : Disposition
    {
        public override string Name => "reschedule";
    }
}
