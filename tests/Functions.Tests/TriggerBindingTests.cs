using System.Reflection;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;

namespace Courier.Functions.Tests;

/// <summary>What the host reads from the triggers.</summary>
public sealed class TriggerBindingTests
{
    [Theory]
    [InlineData(typeof(ProcessRequest), "%RequestQueue%")]
    [InlineData(typeof(CapturePoison), "%PoisonQueue%")]
    public void Queue_trigger_listens_on_its_queue_in_courier_s_account(Type trigger, string queue)
    {
        MethodInfo run = Method(trigger);
        ParameterInfo message = Assert.Single(run.GetParameters(), parameter => parameter.GetCustomAttribute<QueueTriggerAttribute>() is not null);

        QueueTriggerAttribute binding = message.GetCustomAttribute<QueueTriggerAttribute>()!;
        Assert.Equal((queue, "AzureWebJobsStorage"), (binding.QueueName, binding.Connection));
        Assert.Equal(typeof(QueueMessage), message.ParameterType);
        Assert.Equal(trigger.Name, run.GetCustomAttribute<FunctionAttribute>()!.Name);
    }

    [Theory]
    [InlineData(typeof(RunSchedules))]
    [InlineData(typeof(WatchHealth))]
    public void Timer_trigger_fires_each_minute_and_makes_up_for_a_run_that_was_missed(Type trigger)
    {
        MethodInfo run = Method(trigger);
        ParameterInfo timer = Assert.Single(run.GetParameters(), parameter => parameter.GetCustomAttribute<TimerTriggerAttribute>() is not null);

        TimerTriggerAttribute binding = timer.GetCustomAttribute<TimerTriggerAttribute>()!;
        Assert.Equal(("0 * * * * *", true, false), (binding.Schedule, binding.UseMonitor, binding.RunOnStartup));
        Assert.Equal(typeof(TimerInfo), timer.ParameterType);
        Assert.Equal(trigger.Name, run.GetCustomAttribute<FunctionAttribute>()!.Name);
    }

    [Fact]
    public void Every_trigger_can_be_awaited_and_cancelled_and_has_a_name_of_its_own()
    {
        MethodInfo[] functions = [.. typeof(ProcessRequest).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Where(IsFunction)];

        Assert.NotEmpty(functions);
        Assert.All(functions, function => Assert.Equal(typeof(Task), function.ReturnType));
        Assert.All(functions, function => Assert.Contains(function.GetParameters(), parameter => parameter.ParameterType == typeof(CancellationToken)));
        Assert.Equal(functions.Length, functions.DistinctBy(function => function.GetCustomAttribute<FunctionAttribute>()!.Name).Count());
    }

    internal static bool IsFunction(MethodInfo method) => method.GetCustomAttribute<FunctionAttribute>() is not null;

    private static MethodInfo Method(Type trigger) => Assert.Single(trigger.GetMethods(), IsFunction);
}
