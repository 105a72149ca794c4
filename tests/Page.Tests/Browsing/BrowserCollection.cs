namespace Courier.Page.Tests.Browsing;

/// <summary>All tests that share the one browser.</summary>
[CollectionDefinition(nameof(Browser))]
public sealed class BrowserCollection : ICollectionFixture<Browser>;
