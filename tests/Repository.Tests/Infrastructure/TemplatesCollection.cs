namespace Courier.Tests.Infrastructure;

/// <summary>The classes that read the templates share one compilation, which nobody else waits for.</summary>
[CollectionDefinition(nameof(Templates))]
public sealed class TemplatesCollection : ICollectionFixture<Templates>;
