using Courier.Configuration;
using Microsoft.Extensions.Options;

namespace Courier.Tests.Configuration;

public sealed class StartupErrorsTests
{
    [Fact]
    public void Failures_of_several_sections_become_one_message()
    {
        AggregateException error = new(CreateFailure("A is wrong.", "B is wrong."), new AggregateException(CreateFailure("C is wrong.")));

        string message = StartupErrors.Describe(error)!;

        Assert.StartsWith("Courier cannot start: 3 of its settings are wrong.", message, StringComparison.Ordinal);
        Assert.All(["- A is wrong.", "- B is wrong.", "- C is wrong."], line => Assert.Contains(line, message.Split('\n', StringSplitOptions.TrimEntries)));
    }

    [Fact]
    public void Other_errors_are_not_described() => Assert.Null(StartupErrors.Describe(new InvalidOperationException("Something else.")));

    private static OptionsValidationException CreateFailure(params string[] failures) => new("", typeof(object), failures);
}
