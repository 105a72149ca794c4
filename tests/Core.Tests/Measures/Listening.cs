namespace Courier.Tests.Measures;

/// <summary>For tests that listen to spans, as nobody else here does: every request of the process would be traced meanwhile. No other test runs beside them.</summary>
[CollectionDefinition(nameof(Listening), DisableParallelization = true)]
public sealed class Listening;
