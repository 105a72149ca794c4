namespace Courier.Operations.Overview;

/// <summary>Messages on the queues, the hidden ones included; approximate.</summary>
public sealed record QueueDepths(int Requests, int Poison, int Results, int DeadLetters);
