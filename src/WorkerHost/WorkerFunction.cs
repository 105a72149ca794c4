using System.Text.Json;
using Courier.WorkerHost.Protocol;

namespace Courier.WorkerHost;

/// <summary>A function as the worker describes it: its name, and what starts it.</summary>
public abstract record WorkerFunction
{
    private WorkerFunction(string name, string parameter) => (Name, Parameter) = (name, parameter);

    public string Name { get; }

    /// <summary>The parameter that the trigger is bound to.</summary>
    public string Parameter { get; }

    /// <param name="QueueName">As written in the code: <c>%Setting%</c> stands for the setting's value.</param>
    /// <param name="IsDeferred">The message goes to the worker as the extension's own data; otherwise as its text.</param>
    public sealed record Queue(string Name, string Parameter, string QueueName, string Connection, bool IsDeferred) : WorkerFunction(Name, Parameter);

    /// <param name="Schedule">Six fields, seconds first; UTC.</param>
    public sealed record Timer(string Name, string Parameter, string Schedule) : WorkerFunction(Name, Parameter);

    internal static WorkerFunction Read(RpcFunctionMetadata metadata)
    {
        JsonElement trigger = metadata.RawBindings.Select(binding => JsonElement.Parse(binding)).First(binding => Text(binding, "type").EndsWith("Trigger", StringComparison.OrdinalIgnoreCase));
        string parameter = Text(trigger, "name");
        return Text(trigger, "type") switch
        {
            "queueTrigger" => new Queue(metadata.Name, parameter, Text(trigger, "queueName"), Text(trigger, "connection"), IsSupported(trigger, "supportsDeferredBinding")),
            "timerTrigger" => new Timer(metadata.Name, parameter, Text(trigger, "schedule")),
            { } other => throw new WorkerFailedException($"The function {metadata.Name} has a {other}: this host knows queueTrigger and timerTrigger."),
        };
    }

    private static string Text(JsonElement binding, string name) => binding.TryGetProperty(name, out JsonElement value) ? value.GetString() ?? "" : "";

    private static bool IsSupported(JsonElement binding, string property) =>
        binding.TryGetProperty("properties", out JsonElement properties) && Text(properties, property).Equals("true", StringComparison.OrdinalIgnoreCase);
}
