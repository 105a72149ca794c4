namespace Courier.Tests.Documents;

/// <param name="Test">The class of tests that runs the command, or what it calls.</param>
/// <param name="WhyNot">Why none does.</param>
internal sealed record Runner(string? Test, string? WhyNot);
