namespace Courier.EndToEnd.Tests.Hosting;

/// <summary>One look into a queue.</summary>
/// <param name="At">Since the clock's beginning.</param>
/// <param name="Held">Messages that had been taken before and were not deleted yet.</param>
internal sealed record Poll(TimeSpan At, int Maximum, int Held, int Taken);
