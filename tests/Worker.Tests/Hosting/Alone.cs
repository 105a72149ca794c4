namespace Courier.Worker.Tests.Hosting;

/// <summary>For tests whose subject is time: no other test runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
