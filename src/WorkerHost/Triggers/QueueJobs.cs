using Courier.WorkerHost.Protocol;
using Google.Protobuf;
using Microsoft.Azure.WebJobs;

namespace Courier.WorkerHost.Triggers;

/// <summary>
/// What the WebJobs listener calls for a message. <see cref="QueueJobsType"/> derives a class with one method a function,
/// since the listener finds its queues by attributes alone.
/// </summary>
public abstract class QueueJobs
{
    internal Func<string, TypedData, CancellationToken, Task> Invoke { get; set; } = null!;

    /// <summary>The extension's data for the message goes on unchanged.</summary>
    protected Task RunDeferredAsync(string function, ParameterBindingData message, CancellationToken cancellationToken)
    {
        ModelBindingData data = new()
        {
            Version = message.Version,
            Source = message.Source,
            ContentType = message.ContentType,
            Content = ByteString.CopyFrom(message.Content),
        };
        return Invoke(function, new TypedData { ModelBindingData = data }, cancellationToken);
    }

    protected Task RunTextAsync(string function, string message, CancellationToken cancellationToken) =>
        Invoke(function, new TypedData { String = message }, cancellationToken);
}
