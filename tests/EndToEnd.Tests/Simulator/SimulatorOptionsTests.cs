using Courier.ApiSimulator;

namespace Courier.EndToEnd.Tests.Simulator;

public sealed class SimulatorOptionsTests
{
    [Fact]
    public void Arguments_become_options()
    {
        SimulatorOptions options = SimulatorOptions.Parse(
            ["--port", "7171", "--key", "k", "--quota-limit", "10", "--quota-window", "20", "--companies", "3000"]);

        Assert.Equal(new() { Port = 7171, Key = "k", QuotaLimit = 10, QuotaWindow = TimeSpan.FromSeconds(20), Companies = 3000 }, options);
    }

    [Fact]
    public void No_arguments_leave_the_defaults() => Assert.Equal(new(), SimulatorOptions.Parse([]));

    [Fact]
    public void Window_may_be_written_as_a_time() =>
        Assert.Equal(TimeSpan.FromMinutes(90), SimulatorOptions.Parse(["--quota-window", "01:30:00"]).QuotaWindow);

    [Theory]
    [InlineData("--prot", "1")]
    [InlineData("--port")]
    [InlineData("--port", "70000")]
    [InlineData("--key", "")]
    [InlineData("--quota-limit", "0")]
    [InlineData("--quota-window", "00:00:00")]
    [InlineData("--quota-window", "soon")]
    public void Wrong_argument_is_named(params string[] arguments) =>
        Assert.Contains(arguments[0], Assert.Throws<FormatException>(() => SimulatorOptions.Parse(arguments)).Message);
}
