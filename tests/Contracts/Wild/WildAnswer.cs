namespace Courier.Contracts.Wild;

/// <summary>An answer as it comes in the wild, and what becomes of the request that gets it.</summary>
/// <param name="Name">The row's name.</param>
/// <param name="Answers">What each call gets, in order; the last for all that follow.</param>
/// <param name="Outcome"><c>result 200</c>, <c>not-found 404</c> (a dead letter), <c>later rate-limited 429</c> (a copy on the queue, and what the last call came to).</param>
/// <param name="Calls">How many were made until then.</param>
/// <param name="Holds">What the result, record or copy holds besides, as a part of its JSON.</param>
public sealed record WildAnswer(string Name, RawAnswer[] Answers, string Outcome, int Calls, params string[] Holds)
{
    /// <summary>The message, without its id.</summary>
    public string Request { get; init; } = """ "method":"GET","path":"/list" """;

    public override string ToString() => Name;
}
