namespace Courier.LocalHost.Surroundings;

/// <summary>Something that a local run needs is missing; the message says what, and what to do.</summary>
public sealed class SurroundingsException(string message) : Exception(message);
