using Courier.LocalHost;

namespace Courier.EndToEnd.Tests.Hosting;

public sealed class ArgumentsTests
{
    private static readonly Dictionary<string, Arguments> s_table = new()
    {
        [""] = new Arguments(),
        ["--storage memory"] = new Arguments { Storage = "memory" },
        ["--storage UseDevelopmentStorage=true"] = new Arguments { Storage = "UseDevelopmentStorage=true" },
        ["--api https://api.example.com/v1"] = new Arguments { Api = new Uri("https://api.example.com/v1") },
        ["--api http://127.0.0.1:7171"] = new Arguments { Api = new Uri("http://127.0.0.1:7171") },
        ["--host local"] = new Arguments(),
        ["--host worker --no-demo"] = new Arguments { Host = HostKind.Worker, Demo = false },
        ["--no-demo"] = new Arguments { Demo = false },
        ["--example portfolio"] = new Arguments { Example = "portfolio", Demo = false },
        ["--storage memory --example portfolio --no-demo"] = new Arguments { Example = "portfolio", Demo = false, Storage = "memory" },
        ["--port 0"] = new Arguments { Port = 0 },
        ["--port 65535"] = new Arguments { Port = 65535 },
        ["--no-demo --port 7170 --storage memory --api https://api.test"] = new Arguments { Port = 7170, Storage = "memory", Api = new Uri("https://api.test"), Demo = false },
        ["--storage first --storage second"] = new Arguments { Storage = "second" },
        ["--help"] = new Arguments { Help = true },
        ["-h --no-demo"] = new Arguments { Help = true, Demo = false },
        ["send --help"] = new Arguments { Help = true },
        ["send {\"method\":\"GET\"}"] = new Arguments { Message = "{\"method\":\"GET\"}" },
        ["send @message.json"] = new Arguments { Message = "@message.json" },
        ["send @message.json --storage UseDevelopmentStorage=true"] = new Arguments { Message = "@message.json", Storage = "UseDevelopmentStorage=true" },
        ["send --storage UseDevelopmentStorage=true @message.json"] = new Arguments { Message = "@message.json", Storage = "UseDevelopmentStorage=true" },
    };

    public static TheoryData<string> Lines => [.. s_table.Keys];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Line_means(string line)
    {
        Assert.Equal(s_table[line], Arguments.Parse(Words(line)));
    }

    [Theory]
    [InlineData("--what", "'--what' is not an option.")]
    [InlineData("run", "'run' is not an option.")]
    [InlineData("--NO-DEMO", "'--NO-DEMO' is not an option.")]
    [InlineData("--no-demo send {}", "'send' is not an option.")]
    [InlineData("--storage", "--storage needs a value.")]
    [InlineData("--api", "--api needs a value.")]
    [InlineData("--no-demo --port", "--port needs a value.")]
    [InlineData("--api api.example.com", "--api is 'api.example.com': it must be an address like https://api.example.com.")]
    [InlineData("--api /relative", "--api is '/relative': it must be an address like https://api.example.com.")]
    [InlineData("--api ftp://api.example.com", "--api is 'ftp://api.example.com': it must be an address like https://api.example.com.")]
    [InlineData("--api --no-demo", "--api is '--no-demo': it must be an address like https://api.example.com.")]
    [InlineData("--host", "--host needs a value.")]
    [InlineData("--host func", "--host is 'func': it must be local or worker.")]
    [InlineData("--host worker --storage memory", "--storage is 'memory': the worker is another process; name a storage account, or leave it out for the emulator.")]
    [InlineData("--example portfolio --host worker", "--example runs on the local host: leave out --host worker.")]
    [InlineData("--port x", "--port is 'x': it must be a number from 0 to 65535.")]
    [InlineData("--port -1", "--port is '-1': it must be a number from 0 to 65535.")]
    [InlineData("--port 65536", "--port is '65536': it must be a number from 0 to 65535.")]
    [InlineData("--example", "--example needs a value.")]
    [InlineData("--example what", "--example is 'what': it must be one of portfolio.")]
    [InlineData("--example PORTFOLIO", "--example is 'PORTFOLIO': it must be one of portfolio.")]
    [InlineData("--api https://api.test --example portfolio", "--example runs on the simulated API: leave out --api.")]
    [InlineData("send", "send needs a message: JSON, or @ and the name of a file.")]
    [InlineData("send --storage UseDevelopmentStorage=true", "send needs a message: JSON, or @ and the name of a file.")]
    [InlineData("send {} {}", "'{}' is not an option.")]
    [InlineData("send {} --storage memory", "--storage is 'memory': send has to reach another process; name a storage account, or leave it out for the emulator.")]
    public void Wrong_line_is_refused_with_what_is_wrong(string line, string message)
    {
        Assert.Equal(message, Assert.Throws<FormatException>(() => Arguments.Parse(Words(line))).Message);
    }

    [Fact]
    public async Task Help_is_the_usage_and_exit_code_0()
    {
        await using CourierProcess courier = CourierProcess.Start(["--help"], new Dictionary<string, string>());

        Assert.Equal(0, await courier.ExitAsync());
        Assert.Equal(Arguments.Usage.ReplaceLineEndings().Trim(), courier.Output.Trim());
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
